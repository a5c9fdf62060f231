/// Globs, templates, ARN patterns, numbers, dates and networks, compared as policies compare them.
///
/// All of it is values over text: nothing here knows what a policy is, and nothing takes more time
/// than the length of its texts multiplied.
///
/// Below: `arn`. Above: `policy`.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
@NullMarked
package dev.tegata.match;

import org.jspecify.annotations.NullMarked;
