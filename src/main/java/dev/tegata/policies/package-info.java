/// Managed policies with their versions and tags, and who has them attached: an operation is a
/// function from its request to its answer, for a [dev.tegata.authorization.Call].
///
/// What a policy says is `policy`'s to know, which ones bear on a caller `authorization`'s.
///
/// Below: `entity`. Above: `iam` puts them beside its own operations.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>
@NullMarked
package dev.tegata.policies;

import org.jspecify.annotations.NullMarked;
