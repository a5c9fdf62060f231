/// The S3 gateway: request, operation, action and resource, decision, backend.
///
/// Below: `authorization` decides, `store` keeps. Above: `server`.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html>
@NullMarked
package dev.tegata.s3;

import org.jspecify.annotations.NullMarked;
