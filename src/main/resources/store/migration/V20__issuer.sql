-- What the issuer knows. Times are milliseconds since 1970.

-- The keys that ID tokens are signed with. One signs from its time on until the next one does; the
-- secret is encrypted before it comes here. Of two servers that make the next key at a time one
-- succeeds, since both give it the same number.
create table signing_key (
  number bigint primary key,
  signs_from bigint not null,
  sealed bytea not null
);

-- Jobs that may ask for ID tokens, until they have ended or expired. Of the bearer token there is
-- only its hash; claims is JSON, and what a token may say of the job. The repository is in small
-- letters.
create table registered_job (
  id char(36) primary key,
  account_id char(12) not null,
  name varchar(256) not null,
  repository varchar(256) not null,
  bearer_hash char(64) not null,
  claims text not null,
  repository_form varchar(16) not null,
  registered_at bigint not null,
  expires_at bigint not null,
  ended smallint not null
);

create index registered_job_by_expiry on registered_job (expires_at);

create index registered_job_of_repository on registered_job (repository, registered_at);

create index registered_job_of_account on registered_job (account_id, id);

-- How organizations, repositories and enterprises want their tokens; body is the JSON that GitHub's
-- API takes. Names are in small letters.
create table oidc_customization (
  kind varchar(16) not null,
  name varchar(256) not null,
  body text not null,
  primary key (kind, name)
);

-- The custom properties that tokens tell, as an organization or an enterprise wants it.
create table oidc_property (
  kind varchar(16) not null,
  name varchar(256) not null,
  property varchar(75) not null,
  primary key (kind, name, property)
);
