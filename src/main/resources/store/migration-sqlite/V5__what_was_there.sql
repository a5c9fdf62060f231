-- Brings what the bodies of earlier rows say into the columns and tables that are new.
update role set
  id = json_extract(body, '$.id'),
  path = json_extract(body, '$.entity.path');

update managed_policy set
  path = json_extract(body, '$.entity.path'),
  arn = 'arn:aws:iam::' || account_id || ':policy'
    || json_extract(body, '$.entity.path') || json_extract(body, '$.entity.name');

update access_key set account_id = substr(owner, length('arn:aws:iam::') + 1, 12);

insert into attachment (account_id, role, policy, is_boundary)
  select distinct r.account_id, r.name, a.value, 0
  from role r, json_each(r.body, '$.permissions.attached') a;

insert into attachment (account_id, role, policy, is_boundary)
  select account_id, name, json_extract(body, '$.permissions.boundary'), 1
  from role where json_extract(body, '$.permissions.boundary') is not null;

insert into policy_usage (account_id, policy, attachments, boundaries)
  select account_id, policy, sum(is_boundary = 0), sum(is_boundary = 1)
  from attachment group by account_id, policy;

insert into trusted (account_id, role, arn)
  select distinct r.account_id, r.name, t.atom
  from role r, json_tree(json_extract(r.body, '$.trust.document')) t
  where t.type = 'text' and t.fullkey like '%Principal.AWS%' and t.atom like 'arn:%:iam::%:role/%';

update account set
  roles = (select count(*) from role where account_id = account.id),
  policies = (select count(*) from managed_policy where account_id = account.id),
  providers = (select count(*) from oidc_provider where account_id = account.id);
