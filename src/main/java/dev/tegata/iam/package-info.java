/// Identity and Access Management, one file an operation.
///
/// Below: `store`, `authorization`. Above: `cloudformation` calls the same operations, `server`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html>
@NullMarked
package dev.tegata.iam;

import org.jspecify.annotations.NullMarked;
