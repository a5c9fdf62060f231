-- Users, groups and instance profiles, in the form of the tables of V2. Their ids stay when they
-- are renamed, and say who is in which group, who has which policy and which profile has which role.
create table iam_user (
  account_id varchar(12)${bytewise} not null,
  name varchar(128)${bytewise} not null,
  body text not null,
  id varchar(128)${bytewise} not null,
  path varchar(512)${bytewise} not null,
  primary key (account_id, name)
);

create unique index iam_user_by_id on iam_user (id);

create table iam_group (
  account_id varchar(12)${bytewise} not null,
  name varchar(128)${bytewise} not null,
  body text not null,
  id varchar(128)${bytewise} not null,
  path varchar(512)${bytewise} not null,
  primary key (account_id, name)
);

create unique index iam_group_by_id on iam_group (id);

create table instance_profile (
  account_id varchar(12)${bytewise} not null,
  name varchar(128)${bytewise} not null,
  body text not null,
  id varchar(128)${bytewise} not null,
  path varchar(512)${bytewise} not null,
  role_id varchar(128)${bytewise} not null,
  primary key (account_id, name)
);

create index instance_profile_of_role on instance_profile (role_id, name);

create table membership (
  user_id varchar(128)${bytewise} not null,
  group_id varchar(128)${bytewise} not null,
  primary key (user_id, group_id)
);

create index membership_of_group on membership (group_id);

-- What the table attachment is for roles: for permissions (0) or as a boundary (1).
create table identity_attachment (
  identity_id varchar(128)${bytewise} not null,
  policy varchar(2048)${bytewise} not null,
  is_boundary smallint not null,
  primary key (identity_id, is_boundary, policy)
);

create index identity_attachment_of_policy on identity_attachment (policy);

alter table account add column user_count bigint not null default 0;
alter table account add column group_count bigint not null default 0;
alter table account add column profile_count bigint not null default 0;

-- A name for the account, of which there is one in the world.
alter table account add column alias varchar(63);

create unique index account_by_alias on account (alias);

-- A key without a user is the root's.
alter table access_key add column user_id varchar(128);
alter table access_key add column active smallint not null default 1;

create index access_key_of_user on access_key (user_id);
