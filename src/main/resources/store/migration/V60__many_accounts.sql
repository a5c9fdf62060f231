-- One server holds many accounts. The one that was made first manages them: it alone has a 1 there,
-- the others have nothing, so there is one at most. Times are milliseconds since 1970.
alter table account add column name varchar(64) not null default '';
alter table account add column manages smallint;
alter table account add column closed_at bigint;

create unique index account_that_manages on account (manages);

update account set manages = 1
  where id = (select id from account order by created_at, id limit 1);
