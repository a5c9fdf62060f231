-- One server holds one or more accounts; whatever an account owns names it.
create table account (
  id char(12) primary key,
  created_at bigint not null
);
