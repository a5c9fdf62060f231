/// What policies would say of requests that nobody has made: the engine behind IAM's policy
/// simulator.
///
/// A [Scenario] is everything that stays the same throughout a simulation: the policies, who asks,
/// the context. [Simulation] asks it about actions and resources, and answers in IAM's shapes. What
/// decides is [dev.tegata.policy.Evaluation], as for every request that is made.
///
/// Nothing of the store is known here: `iam` brings the policies of roles.
///
/// Below: `policy`, `aws`. Above: `iam`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>
@NullMarked
package dev.tegata.simulation;

import org.jspecify.annotations.NullMarked;
