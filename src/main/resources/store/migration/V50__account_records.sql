-- Small things that an account keeps beside its identities, such as its password policy: what kind
-- of thing, its name among those of its kind, and what there is to say of it.
create table account_record (
  account_id varchar(12)${bytewise} not null,
  kind varchar(64)${bytewise} not null,
  name varchar(512)${bytewise} not null,
  body text not null,
  primary key (account_id, kind, name)
);
