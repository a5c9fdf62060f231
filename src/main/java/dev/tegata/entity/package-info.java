/// What the operations of IAM share whatever they are about: finding an identity for a caller who
/// may, its inline and attached policies, tags, trust, documents and pages of lists.
///
/// Knows no request or answer of the wire but the few shapes that are in many of them.
///
/// Below: `authorization`, `store`. Above: `users`, `iam`.
@NullMarked
package dev.tegata.entity;

import org.jspecify.annotations.NullMarked;
