/// What a job asks of its issuer and of STS, as their client: at Tegata, GitHub and AWS alike.
///
/// Below: nothing. Above: `cli`.
@NullMarked
package dev.tegata.client;

import org.jspecify.annotations.NullMarked;
