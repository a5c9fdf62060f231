package dev.tegata.s3;

import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.XmlDocument;
import dev.tegata.http.HttpResponse;

/// Where a bucket is; nothing stands for us-east-1.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html>
final class GetBucketLocation {
  private final Gate gate;

  GetBucketLocation(Gate gate) {
    this.gate = gate;
  }

  HttpResponse answer(S3Request request) {
    Access access = new Access("s3:GetBucketLocation", request.bucketArn());
    String region = gate.enter(request, access).region();
    XmlDocument xml = S3Service.document("LocationConstraint");
    return xml.text(region.equals("us-east-1") ? "" : region).answer(200);
  }
}
