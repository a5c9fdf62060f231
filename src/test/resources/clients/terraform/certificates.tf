# What an account registers beside its roles, and what Terraform looks up of an account, for the
# test that applies, changes, imports and destroys it.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {}

variable "stage" {
  type    = string
  default = "first"
}

locals {
  second   = var.stage == "second"
  metadata = file("saml-metadata.xml")
}

resource "aws_iam_saml_provider" "staff" {
  name                   = "staff"
  saml_metadata_document = local.second ? replace(local.metadata, " entityID=", " validUntil=\"2040-01-01T00:00:00Z\" entityID=") : local.metadata
  tags                   = { stage = var.stage }
}

# The provider sets tags under the new name before it renames, so it cannot do both at once.
resource "aws_iam_server_certificate" "site" {
  name              = local.second ? "site-second" : "site-first"
  path              = local.second ? "/site/" : "/web/"
  certificate_body  = file("leaf.pem")
  certificate_chain = file("intermediate.pem")
  private_key       = file("leaf.key.pem")
  tags              = { team = "web" }
}

resource "aws_iam_security_token_service_preferences" "tokens" {
  global_endpoint_token_version = local.second ? "v1Token" : "v2Token"
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_account_alias" "octo" {
  account_alias = "octo"
}

resource "aws_iam_user" "ann" {
  name = "ann"
  path = "/staff/"
}

resource "aws_iam_policy" "read" {
  name = "read"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }]
  })
}

resource "aws_iam_role" "staff" {
  name = "staff"
  path = "/saml/"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithSAML"
      Principal = { Federated = aws_iam_saml_provider.staff.arn }
      Condition = { StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.staff.name
  policy_arn = aws_iam_policy.read.arn
}

data "aws_iam_saml_provider" "staff" {
  arn = aws_iam_saml_provider.staff.arn
}

data "aws_iam_server_certificate" "site" {
  name   = aws_iam_server_certificate.site.name
  latest = true
}

data "aws_iam_roles" "saml" {
  path_prefix = "/saml/"
  depends_on  = [aws_iam_role.staff]
}

data "aws_iam_users" "staff" {
  path_prefix = "/staff/"
  depends_on  = [aws_iam_user.ann]
}

data "aws_iam_policy" "read" {
  name       = "read"
  depends_on = [aws_iam_policy.read]
}

data "aws_iam_openid_connect_provider" "github" {
  url        = "https://token.actions.githubusercontent.com"
  depends_on = [aws_iam_openid_connect_provider.github]
}

data "aws_caller_identity" "current" {}

data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}

data "aws_iam_account_alias" "octo" {
  depends_on = [aws_iam_account_alias.octo]
}

data "aws_iam_principal_policy_simulation" "read" {
  policy_source_arn = aws_iam_role.staff.arn
  action_names      = ["s3:GetObject", "s3:GetBucketLocation"]
  depends_on        = [aws_iam_role_policy_attachment.read]
}

output "found" {
  value = join(" ", [
    data.aws_iam_saml_provider.staff.name,
    data.aws_iam_server_certificate.site.name,
    join(",", data.aws_iam_roles.saml.names),
    join(",", data.aws_iam_users.staff.names),
    data.aws_iam_policy.read.path,
    join(",", data.aws_iam_openid_connect_provider.github.client_id_list),
    data.aws_iam_session_context.current.issuer_arn,
    data.aws_iam_account_alias.octo.account_alias,
    data.aws_iam_principal_policy_simulation.read.all_allowed,
    aws_iam_saml_provider.staff.valid_until,
  ])
}
