/// Why a decision is as it is, and what would change it.
///
/// Explanations are made only when somebody asks; a decision does not pay for them.
///
/// Below: `policy`. Above: `authorization`, `cli`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html>
@NullMarked
package dev.tegata.explain;

import org.jspecify.annotations.NullMarked;
