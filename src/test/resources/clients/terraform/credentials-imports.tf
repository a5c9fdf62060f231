# What was forgotten is found again, by the ids that chance has given.
variable "line" {
  type = string
}
variable "pem" {
  type = string
}
variable "certificate" {
  type = string
}
variable "git" {
  type = string
}

import {
  to = aws_iam_user_login_profile.bob
  id = "bob"
}
import {
  to = aws_iam_user_ssh_key.line
  id = "alice:${var.line}:SSH"
}
import {
  to = aws_iam_user_ssh_key.pem
  id = "alice:${var.pem}:PEM"
}
import {
  to = aws_iam_signing_certificate.alice
  id = var.certificate
}
import {
  to = aws_iam_service_specific_credential.git
  id = var.git
}
import {
  to = aws_iam_virtual_mfa_device.phone
  id = "arn:aws:iam::123456789012:mfa/staff/phone"
}
