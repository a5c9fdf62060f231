-- What the accounts' IAM holds. A name is in small letters where IAM ignores the case; a body is
-- JSON and holds everything, the name as it was written included.
create table oidc_provider (
  account_id char(12) not null references account (id),
  name varchar(255) not null,
  body text not null,
  primary key (account_id, name)
);

create table role (
  account_id char(12) not null references account (id),
  name varchar(64) not null,
  body text not null,
  primary key (account_id, name)
);

create table managed_policy (
  account_id char(12) not null references account (id),
  name varchar(128) not null,
  body text not null,
  primary key (account_id, name)
);

-- Times are milliseconds since 1970; secrets are encrypted before they come here.
create table access_key (
  id varchar(128) primary key,
  owner varchar(2048) not null,
  secret bytea not null,
  created_at bigint not null
);

create table sealed_secret (
  name varchar(128) primary key,
  sealed bytea not null
);
