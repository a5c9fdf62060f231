-- All accounts share one name space of buckets. Times are epoch seconds, as S3 tells them.
create table bucket (
  name varchar(63) primary key,
  account_id char(12) not null references account (id),
  region varchar(63) not null,
  created_at bigint not null
);

create index bucket_of_account on bucket (account_id, name);

-- A key is the bytes of its UTF-8: they sort as S3 lists them. The bytes of the object are in the
-- file that blob_id names; headers are the fields that an answer repeats, a line each.
create table object (
  bucket varchar(63) not null references bucket (name),
  key bytea not null,
  blob_id char(32) not null,
  size bigint not null,
  etag varchar(64) not null,
  modified_at bigint not null,
  headers text not null,
  primary key (bucket, key)
);

create unique index object_of_blob on object (blob_id);
