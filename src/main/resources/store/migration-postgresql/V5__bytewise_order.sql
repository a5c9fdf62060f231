-- Names are sorted and compared byte by byte, whatever the database's language is.
alter table role alter column name type varchar(64) collate "C";
alter table role alter column path type varchar(512) collate "C";
alter table role alter column id type varchar(128) collate "C";
alter table managed_policy alter column name type varchar(128) collate "C";
alter table managed_policy alter column path type varchar(512) collate "C";
alter table managed_policy alter column arn type varchar(2048) collate "C";
alter table oidc_provider alter column name type varchar(255) collate "C";
alter table access_key alter column id type varchar(128) collate "C";
alter table object drop constraint object_bucket_fkey;
alter table bucket alter column name type varchar(63) collate "C";
alter table object alter column bucket type varchar(63) collate "C";
alter table object add constraint object_bucket_fkey foreign key (bucket) references bucket (name);
