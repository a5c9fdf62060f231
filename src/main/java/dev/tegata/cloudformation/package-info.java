/// CloudFormation templates: reading them, and creating what they declare.
///
/// ```
/// text ── TemplateReader ──▶ Template ── Plan ──▶ resources in order ── Stack ──▶ StackOutput
///                                         ▲                              │
///                              Settings, ResourceTypes      ResourceType.create, one after another
/// ```
///
/// A [Template] holds no name that it does not declare: the reader has seen to it. A `Plan` decides
/// the conditions and resolves everything that does not wait for a resource, so that a template
/// which was misread is refused before anything is created. What creating a resource means, this
/// package does not know: each [ResourceType] is given to it.
///
/// Every fault is a [dev.tegata.yaml.YamlException] with its place in the template.
///
/// Below: `yaml`, `arn`, `aws`. Above: `server`, `cli`.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
@NullMarked
package dev.tegata.cloudformation;

import org.jspecify.annotations.NullMarked;
