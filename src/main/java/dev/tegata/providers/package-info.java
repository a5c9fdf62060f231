/// The identity providers that an account has registered. OpenID Connect issuers, whom it trusts,
/// with their client ids, tags, and what Tegata adds: how their keys are retrieved. SAML providers,
/// which are kept and told: there is no AssumeRoleWithSAML. An operation is a function from its
/// request to its answer, for a [dev.tegata.authorization.Call].
///
/// Unlike AWS's, a provider may be `http` on a loopback address; thumbprints are never asked for.
/// What their tokens are worth is for `federation` to say.
///
/// Below: `entity`. Above: `iam` puts them beside its own operations.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
@NullMarked
package dev.tegata.providers;

import org.jspecify.annotations.NullMarked;
