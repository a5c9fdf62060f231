-- Texts of policies that AWS manages, as an account's details told them. They are of no account.
create table aws_managed_policy (
  arn varchar(2048) primary key,
  document text not null
);
