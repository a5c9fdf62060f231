/// The S3 gateway: request, operation, action and resource, decision, backend.
///
/// [S3Service] looks up a request's operation in a table and lets it answer: one file an operation,
/// which names its actions, resources and condition keys, asks through the `Gate`, and then reads
/// or changes the store. [S3Errors] words a refusal. Signatures are checked before a request comes
/// here.
///
/// Below: `sigv4` whose bodies check themselves, `authorization` decides, `store` keeps. Above:
/// `server`.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html>
@NullMarked
package dev.tegata.s3;

import org.jspecify.annotations.NullMarked;
