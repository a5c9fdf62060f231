/// Signature Version 4: reading, verifying and making signatures.
///
/// ```
/// SignatureReading.of(request)        no signature | a fault | SignedRequest
/// SigningKey.derive(secret, scope)    may be kept for the day
/// SignatureVerifier.verifyS3(…)       a fault | VerifiedRequest, whose body checks itself
/// ```
///
/// Pure functions and streams: it is told the secret and the time, and knows neither accounts nor
/// sessions nor any service's error codes. Header values must come as they were sent, decoded from
/// UTF-8. The asymmetric SigV4A is refused.
///
/// S3 differs from all other services in the path (as sent; elsewhere normalized and escaped twice)
/// and in the body (declared by a header, and checked while it is read; elsewhere hashed first).
///
/// Below: `http`. Above: `authentication` finds the secret and words the refusal.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
@NullMarked
package dev.tegata.sigv4;

import org.jspecify.annotations.NullMarked;
