/// The policy language: its shape, its reading and its evaluation.
///
/// [Policy] is a list of [Statement]s; [Evaluation] asks the statements of a [PolicySet] about one
/// [Request] and gives a [Decision], which names the statement that decided. Everything here is a
/// value or a pure function: no clock, no network, no file but the AWS managed policies, which are
/// resources.
///
/// Below: `arn`. Above: `explain` says why; `authorization` gathers the policies that bear on a
/// request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
@NullMarked
package dev.tegata.policy;

import org.jspecify.annotations.NullMarked;
