/// AWS's wire: errors and their forms, the Query protocol and its XML, constraint messages.
///
/// Shapes come from the model classes of AWS SDK for Java v2; this package knows how they travel,
/// and nothing of what an operation means.
///
/// Below: `http`, `arn`. Above: every service.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>
@NullMarked
package dev.tegata.aws;

import org.jspecify.annotations.NullMarked;
