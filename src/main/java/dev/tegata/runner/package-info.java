/// Runs a workflow's jobs and steps on this machine, and writes their log.
///
/// Below: `workflow` is what it runs; ID tokens come through [IdTokenSource], and it knows no
/// issuer, no cloud and no server. Above: `cli`.
///
/// Source: <https://docs.github.com/en/actions/concepts/workflows-and-actions>
@NullMarked
package dev.tegata.runner;

import org.jspecify.annotations.NullMarked;
