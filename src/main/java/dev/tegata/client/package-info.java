/// What a job asks of its issuer and of STS, as their client: at Tegata, GitHub and AWS alike.
///
/// What an operator asks of Tegata is signed.
///
/// Below: `sigv4` signs. Above: `cli`.
@NullMarked
package dev.tegata.client;

import org.jspecify.annotations.NullMarked;
