/// Tegata's own interface, below `/_/api/`: jobs of other CI systems, signing keys, API tokens, and
/// GitHub's endpoints that customize ID tokens.
///
/// [SignedApi] answers requests that are signed like those to any service of AWS; [GithubApi] those
/// of clients of GitHub, with a bearer token that such a request has given out. Policies decide on
/// both, with actions and resources of the service `tegata`.
///
/// Below: `issuer` does what is asked for, `authorization` says who may. Above: `server`.
@NullMarked
package dev.tegata.api;

import org.jspecify.annotations.NullMarked;
