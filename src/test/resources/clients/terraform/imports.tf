# What was forgotten is found again.
import {
  to = aws_iam_role.deploy
  id = "terraform"
}
import {
  to = aws_iam_role_policy.list
  id = "terraform:list"
}
import {
  to = aws_iam_openid_connect_provider.github
  id = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
}
import {
  to = aws_iam_policy.releases
  id = "arn:aws:iam::123456789012:policy/ci/releases"
}
import {
  to = aws_s3_bucket.releases
  id = "octo-terraform"
}
