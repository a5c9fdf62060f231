/// What was asked, what was decided and why, in the order in which it happened.
///
/// Below: `arn`, `policy`. Above: `sts`, `iam`, `s3` and `issuer` tell it; `cli` prints it.
@NullMarked
package dev.tegata.audit;

import org.jspecify.annotations.NullMarked;
