/// Which policies bear on a caller, and what they say of a request.
///
/// Asks `policy`; words AWS's refusal and knows the operator's.
///
/// Below: `authentication`, `policy`, `store`. Above: `sts`, `iam`, `s3`.
@NullMarked
package dev.tegata.authorization;

import org.jspecify.annotations.NullMarked;
