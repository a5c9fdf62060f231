/// Identity and Access Management: an operation is a function from its request to its answer, for a
/// [dev.tegata.authorization.Call].
///
/// The operations of one kind of entity share a file, being a few lines each: [OidcProviders],
/// [Roles], [InlinePolicies], [AttachedPolicies], [ManagedPolicies], [PolicyVersions], and the tags
/// of each kind; [PolicySimulation] asks what policies would say. Every operation first asks
/// whether the caller may; then it reads the store, or changes it as if it were alone. What AWS's
/// model says of lengths and patterns is checked before an operation is called, not here.
///
/// Unlike AWS, everything is consistent at once, and on other servers within a second; providers
/// may be `http` on a loopback address; thumbprints are never asked for; when a role was last used
/// is not recorded; there are no service-linked roles. The simulator knows no catalogue of actions:
/// of several resources together it says `*`, and takes any `ResourceHandlingOption`.
///
/// Below: `store`, `authorization`, `simulation`, `entity`, and `users`, which has the operations
/// on users and groups. Above: `cloudformation` calls the same operations, `server`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html>
@NullMarked
package dev.tegata.iam;

import org.jspecify.annotations.NullMarked;
