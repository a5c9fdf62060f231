-- What the issuer knows. Times are milliseconds since 1970.

-- The keys that ID tokens are signed with. One signs from its time on until the next one does; the
-- secret is encrypted before it comes here. Of two servers that make the next key at a time one
-- succeeds, since both give it the same number.
create table signing_key (
  number bigint primary key,
  signs_from bigint not null,
  sealed bytea not null
);
