/// The expressions of workflow files: `${{ … }}`, `if` conditions, and the values they work on.
///
/// [Template] is a text with expressions in it, [Condition] an `if`; both are read once, against
/// the [Vocabulary] of the place where they stand, and evaluated against a [Scope]. Values and pure
/// functions: what an expression may ask of the outside comes through the scope.
///
/// Below: nothing. Above: `workflow` reads them, `runner` evaluates them.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/expressions>
@NullMarked
package dev.tegata.expression;

import org.jspecify.annotations.NullMarked;
