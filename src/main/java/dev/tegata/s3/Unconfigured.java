package dev.tegata.s3;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.tegata.arn.CanonicalUserId;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.Table;
import dev.tegata.aws.XmlDocument;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.Bucket;
import java.util.List;
import java.util.Map;

/// An operation that reads a configuration, of which no bucket has one.
///
/// Tools that look after buckets read these all the time, and tell an error that they expect from a
/// permission that they lack. Six of them are answered as by a new bucket of S3.
record Unconfigured(String action, String code, String answer) {

  /// All of them, under the operation's name.
  static Map<String, Unconfigured> all() {
    return Table.read("/s3/unconfigured.tsv").rows().stream()
        .collect(
            toUnmodifiableMap(
                List::getFirst, row -> new Unconfigured(row.get(1), row.get(2), row.get(3))));
  }

  HttpResponse answer(S3Request request, Gate gate) {
    Bucket bucket = gate.enter(request, new Access(action, request.bucketArn()));
    if (!code.isEmpty()) {
      throw new Refusal(new S3Error.NotConfigured(code, answer, bucket.name()));
    }
    String owner = CanonicalUserId.of(bucket.account()).digits();
    String xml = XmlDocument.DECLARATION + answer.replace("{owner}", owner);
    return HttpResponse.text(200, "application/xml", xml);
  }
}
