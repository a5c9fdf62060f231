/// What was asked and decided, told to people: [AccessSummary] at the end of a run, [DecisionLog]
/// line by line while a server runs.
///
/// Below: `audit`, whose events these are. Above: `cli` prints what they say.
@NullMarked
package dev.tegata.report;

import org.jspecify.annotations.NullMarked;
