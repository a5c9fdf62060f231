/// The policy language: its shape, its reading, its evaluation and its explanation.
///
/// Everything here is a value or a pure function: no clock, no network, no file.
///
/// Below: `arn`. Above: `authorization` gathers the policies that bear on a request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
@NullMarked
package dev.tegata.policy;

import org.jspecify.annotations.NullMarked;
