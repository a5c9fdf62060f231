/// GitHub Actions workflow files: their model, their reading, and the expressions inside them.
///
/// Values and pure functions: a workflow is read here and run by `runner`.
///
/// Below: `yaml`. Above: `runner`.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>
@NullMarked
package dev.tegata.workflow;

import org.jspecify.annotations.NullMarked;
