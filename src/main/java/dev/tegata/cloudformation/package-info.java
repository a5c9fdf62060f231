/// CloudFormation templates: reading them, and creating what they declare.
///
/// Below: `yaml`, `iam`, `store`. Above: `cli`.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
@NullMarked
package dev.tegata.cloudformation;

import org.jspecify.annotations.NullMarked;
