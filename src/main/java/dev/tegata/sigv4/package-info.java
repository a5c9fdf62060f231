/// Signature Version 4: the canonical request, the string to sign, the signing key, and verifying.
///
/// Pure functions and streams: it is told the secret and the time, and knows neither accounts nor
/// sessions nor any service's error codes.
///
/// Below: `http`. Above: `authentication` finds the secret and words the refusal.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
@NullMarked
package dev.tegata.sigv4;

import org.jspecify.annotations.NullMarked;
