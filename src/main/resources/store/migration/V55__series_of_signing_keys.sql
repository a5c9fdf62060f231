-- There is more than one series of signing keys: the issuer's, and those for other clouds, one an
-- algorithm. A number says which key of its series it is.
alter table signing_key rename to signing_key_of_issuer;

create table signing_key (
  series varchar(64)${bytewise} not null,
  number bigint not null,
  signs_from bigint not null,
  sealed bytea not null,
  primary key (series, number)
);

insert into signing_key (series, number, signs_from, sealed)
select 'issuer', number, signs_from, sealed from signing_key_of_issuer;

drop table signing_key_of_issuer;
