/// Identity and Access Management: the service, and the operations on an account as a whole.
///
/// [Iam] puts the operations of `users`, `roles`, `policies`, `providers` and `certificates`
/// together. The operations of one kind of entity share a file there, being a few lines each. Every
/// operation first asks whether the caller may; then it reads the store, or changes it as if it
/// were alone. What AWS's model says of lengths and patterns is checked before an operation is
/// called, not there. Unlike at AWS, everything is consistent at once, and on other servers within
/// a second.
///
/// [PolicySimulation] asks what policies would say. It knows no catalogue of actions: of several
/// resources together it says `*`, and takes any `ResourceHandlingOption`.
///
/// Below: the packages of its operations, `simulation`. Above: `cloudformation` calls the same
/// operations, `server`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html>
@NullMarked
package dev.tegata.iam;

import org.jspecify.annotations.NullMarked;
