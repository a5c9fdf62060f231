/// GitHub Actions workflow files: their model and their reading.
///
/// [WorkflowReader] makes a [Workflow] of a text, or says at which place it stopped being one.
/// Values and pure functions: a workflow is read here and run by `runner`. What that cannot run is
/// refused here, with what to do instead; nothing is passed over in silence.
///
/// Below: `yaml`, `expression`. Above: `runner`.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>
@NullMarked
package dev.tegata.workflow;

import org.jspecify.annotations.NullMarked;
