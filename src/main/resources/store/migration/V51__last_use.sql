-- When somebody last signed a request: roles by their unique ids, access keys by theirs.
create table last_use (
  id varchar(128)${bytewise} not null primary key,
  used_at bigint not null,
  service varchar(128)${bytewise} not null,
  region varchar(128)${bytewise} not null
);
