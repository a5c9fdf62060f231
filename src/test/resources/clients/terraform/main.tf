# What Terraform manages of an account, for the test that applies, changes, imports and destroys it.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  s3_use_path_style = true
}

variable "stage" {
  type    = string
  default = "first"
}

locals {
  second = var.stage == "second"
}

resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = local.second ? ["sts.amazonaws.com", "https://github.com/octo-org"] : ["sts.amazonaws.com"]
  thumbprint_list = [local.second ? "1c58a3a8518e8759bf075b76b750d4f2df264fcd" : "6938fd4d98bab03faadb97b34396831e3780aea1"]
  tags            = { stage = var.stage }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:octo-org/app:${local.second ? "environment:production" : "ref:refs/heads/main"}"]
    }
  }
}

data "aws_iam_policy_document" "releases" {
  statement {
    actions   = local.second ? ["s3:GetObject", "s3:PutObject"] : ["s3:GetObject"]
    resources = ["${aws_s3_bucket.releases.arn}/*"]
  }
}

resource "aws_iam_policy" "releases" {
  name        = "releases"
  path        = "/ci/"
  description = "Read & write releases: 100 % of them, a+b"
  policy      = data.aws_iam_policy_document.releases.json
  tags        = { stage = var.stage }
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
  })
}

resource "aws_iam_role" "deploy" {
  name                 = "terraform"
  path                 = "/ci/"
  description          = "Deploys in the ${var.stage} stage"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = local.second ? 7200 : 3600
  permissions_boundary = local.second ? null : aws_iam_policy.boundary.arn
  tags                 = { stage = var.stage }
}

resource "aws_iam_role_policy" "list" {
  name   = "list"
  role   = aws_iam_role.deploy.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:ListBucket"
      Resource  = aws_s3_bucket.releases.arn
      Condition = { StringLike = { "s3:prefix" = "${var.stage} + more/*" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "releases" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.releases.arn
}

resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/${local.second ? "ReadOnlyAccess" : "AmazonS3ReadOnlyAccess"}"
}

resource "aws_s3_bucket" "releases" {
  bucket        = "octo-terraform"
  force_destroy = true
}

data "aws_caller_identity" "current" {}

output "role" {
  value = aws_iam_role.deploy.arn
}

output "account" {
  value = data.aws_caller_identity.current.account_id
}

resource "aws_iam_user" "admin" {
  name                 = "admin"
  path                 = local.second ? "/staff/admins/" : "/staff/"
  permissions_boundary = local.second ? aws_iam_policy.boundary.arn : null
  force_destroy        = true
  tags                 = { stage = var.stage }
}

resource "aws_iam_access_key" "admin" {
  user   = aws_iam_user.admin.name
  status = local.second ? "Inactive" : "Active"
}

resource "aws_iam_user_policy" "own" {
  name   = "own"
  user   = aws_iam_user.admin.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:Get*", Resource = "*" }]
  })
}

resource "aws_iam_user_policy_attachment" "read" {
  user       = aws_iam_user.admin.name
  policy_arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
}

resource "aws_iam_group" "admins" {
  name = "admins"
  path = local.second ? "/staff/" : "/"
}

resource "aws_iam_group_policy" "own" {
  name   = "own"
  group  = aws_iam_group.admins.name
  policy = aws_iam_user_policy.own.policy
}

resource "aws_iam_group_policy_attachment" "releases" {
  group      = aws_iam_group.admins.name
  policy_arn = aws_iam_policy.releases.arn
}

resource "aws_iam_group_membership" "admins" {
  name  = "admins"
  group = aws_iam_group.admins.name
  users = [aws_iam_user.admin.name]
}

resource "aws_iam_instance_profile" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.name
  tags = { stage = var.stage }
}

resource "aws_iam_account_alias" "octo" {
  account_alias = local.second ? "octo-second" : "octo-first"
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "octo"
  description      = var.stage
  tags             = { stage = var.stage }
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = local.second ? 20 : 14
  require_symbols                = true
  allow_users_to_change_password = true
  max_password_age               = local.second ? 90 : 0
  password_reuse_prevention      = 24
}
