/// What GitHub's ID tokens say of a workflow run: the claims, and the forms of the subject.
///
/// Values and pure functions; who signs the claims is `issuer`'s matter.
///
/// Below: nothing. Above: `issuer`, `runner`.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
@NullMarked
package dev.tegata.github;

import org.jspecify.annotations.NullMarked;
