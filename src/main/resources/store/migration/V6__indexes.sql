create unique index role_by_id on role (id);
create index role_listing on role (account_id, name, path);
create unique index managed_policy_by_arn on managed_policy (arn);
create index managed_policy_listing on managed_policy (account_id, name, path);
create index access_key_of_account on access_key (account_id);
