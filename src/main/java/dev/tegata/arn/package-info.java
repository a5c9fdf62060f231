/// The vocabulary of identifiers: ARNs, account ids, unique ids and access key ids.
///
/// Everything here is a value; what cannot be an identifier cannot be constructed.
///
/// Below: nothing. Above: everything.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>
@NullMarked
package dev.tegata.arn;

import org.jspecify.annotations.NullMarked;
