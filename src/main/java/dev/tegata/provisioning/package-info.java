/// The types of resource that a template may declare, each with the operations that create it.
///
/// What is there already is brought to the declared state; what others have added to it stays.
///
/// Below: `cloudformation` reads the template, `iam` and `store` create. Above: `cli`.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>
@NullMarked
package dev.tegata.provisioning;

import org.jspecify.annotations.NullMarked;
