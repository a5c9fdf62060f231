-- What several servers on one database need, and what finds one of a million roles.

-- The one row whose lock every writer of identities holds until its commit: so changes have
-- numbers in the order of their commits. Of the changes up to `forgotten` nothing is logged any more.
create table revision (
  id smallint primary key,
  number bigint not null,
  forgotten bigint not null
);

insert into revision (id, number, forgotten) values (1, 0, 0);

-- What each change touched, for the servers that keep copies of it in memory.
create table change_log (
  revision bigint not null,
  kind varchar(32)${bytewise} not null,
  account_id varchar(12)${bytewise} not null,
  name varchar(2048)${bytewise} not null,
  primary key (revision, kind, account_id, name)
);

-- How many each account has, so that nobody counts a million rows.
alter table account add column roles bigint not null default 0;
alter table account add column policies bigint not null default 0;
alter table account add column providers bigint not null default 0;

alter table role add column id varchar(128) not null default '';
alter table role add column path varchar(512) not null default '/';
alter table managed_policy add column arn varchar(2048) not null default '';
alter table managed_policy add column path varchar(512) not null default '/';
alter table access_key add column account_id varchar(12) not null default '';

-- Which roles refer to a managed policy, for its permissions (0) or as their boundary (1).
create table attachment (
  account_id varchar(12)${bytewise} not null,
  role varchar(64)${bytewise} not null,
  policy varchar(2048)${bytewise} not null,
  is_boundary smallint not null,
  primary key (account_id, role, is_boundary, policy)
);

create index attachment_of_policy on attachment (policy, account_id, role);

-- How many roles of an account do.
create table policy_usage (
  account_id varchar(12)${bytewise} not null,
  policy varchar(2048)${bytewise} not null,
  attachments bigint not null,
  boundaries bigint not null,
  primary key (account_id, policy)
);

-- Which roles name another one in their trust policies.
create table trusted (
  account_id varchar(12)${bytewise} not null,
  role varchar(64)${bytewise} not null,
  arn varchar(2048)${bytewise} not null,
  primary key (account_id, role, arn)
);

create index trusted_by_arn on trusted (arn);

-- Tokens that may not be used again: a SHA-256 in hexadecimal, and until when it must be kept.
-- Times are milliseconds since 1970.
create table used_token (
  hash varchar(64)${bytewise} primary key,
  expires_at bigint not null
);

create index used_token_by_expiry on used_token (expires_at);

-- What is to be refused though it was given. Without an end it stays until it is deleted.
create table revocation (
  id varchar(128)${bytewise} primary key,
  kind varchar(32)${bytewise} not null,
  value varchar(2048)${bytewise} not null,
  reason text not null,
  until_at bigint,
  created_at bigint not null,
  created_by varchar(2048) not null
);
