/// What GitHub's ID tokens say of a workflow run: the claims, and the forms of the subject.
///
/// A [Job] of a [WorkflowRun] is what is told; [JobClaims] tells it, [SubjectTemplate] puts the
/// subject together, [RequestedAudience] says whom a token may be for, and [Discovery] where its
/// keys are. Values and pure functions; who signs the claims is `issuer`'s matter.
///
/// Below: `token` for JSON. Above: `issuer`, `runner`.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
@NullMarked
package dev.tegata.github;

import org.jspecify.annotations.NullMarked;
