# What was forgotten is found again.
import {
  to = aws_iam_saml_provider.staff
  id = "arn:aws:iam::123456789012:saml-provider/staff"
}
import {
  to = aws_iam_role.staff
  id = "staff"
}
