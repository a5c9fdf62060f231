/// The commands that ask a server which runs: jobs of other CI systems, revocations, accounts,
/// keys.
///
/// Must not know: how a server answers.
///
/// Below: client, sigv4, yaml.
@NullMarked
package dev.tegata.remote;

import org.jspecify.annotations.NullMarked;
