# A user with everything that proves who it is, for the test that applies, changes, imports and
# destroys it.
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
  second = var.stage == "second"
  status = local.second ? "Inactive" : "Active"
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

# Without a key of PGP the password stands in the state.
resource "aws_iam_user_login_profile" "alice" {
  user                    = aws_iam_user.alice.name
  password_reset_required = local.second
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

# One that is to be imported, of which AWS tells neither.
resource "aws_iam_user_login_profile" "bob" {
  user = aws_iam_user.bob.name
  lifecycle {
    ignore_changes = [password_length, password_reset_required]
  }
}

resource "aws_iam_user_ssh_key" "line" {
  username   = aws_iam_user.alice.name
  encoding   = "SSH"
  public_key = file("rsa.pub")
  status     = local.status
}

resource "aws_iam_user_ssh_key" "pem" {
  username   = aws_iam_user.alice.name
  encoding   = "PEM"
  public_key = file("rsa-2.pem")
}

resource "aws_iam_signing_certificate" "alice" {
  user_name        = aws_iam_user.alice.name
  certificate_body = file("certificate-good.pem")
  status           = local.status
}

resource "aws_iam_service_specific_credential" "git" {
  service_name = "codecommit.amazonaws.com"
  user_name    = aws_iam_user.alice.name
  status       = local.status
}

resource "aws_iam_virtual_mfa_device" "phone" {
  virtual_mfa_device_name = "phone"
  path                    = "/staff/"
  tags                    = { stage = var.stage }
}

output "password" {
  value = nonsensitive(aws_iam_user_login_profile.alice.password)
}

output "seed" {
  value = aws_iam_virtual_mfa_device.phone.base_32_string_seed
}

output "line" {
  value = aws_iam_user_ssh_key.line.ssh_public_key_id
}

output "pem" {
  value = aws_iam_user_ssh_key.pem.ssh_public_key_id
}

output "certificate" {
  value = aws_iam_signing_certificate.alice.id
}

output "git" {
  value = aws_iam_service_specific_credential.git.id
}
