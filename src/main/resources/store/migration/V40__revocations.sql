-- Whose revocation it is, and whether it is about what was given before it alone (1) or also about
-- what is asked for after it (0).
alter table revocation add column account_id varchar(12)${bytewise} not null default '';
alter table revocation add column only_existing smallint not null default 0;
