/// Roles with their policies and tags, and the instance profiles that hold them: an operation is a
/// function from its request to its answer, for a [dev.tegata.authorization.Call].
///
/// Below: `entity`. Above: `iam` puts them beside its own operations.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html>
@NullMarked
package dev.tegata.roles;

import org.jspecify.annotations.NullMarked;
