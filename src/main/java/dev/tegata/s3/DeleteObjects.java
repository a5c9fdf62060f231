package dev.tegata.s3;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.AwsError.Wire;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.XmlBody;
import dev.tegata.aws.XmlDocument;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Deletes up to a thousand objects; whether it may is asked for each, and a refusal is told beside
/// what was deleted.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
final class DeleteObjects {
  private static final int MAX_OBJECTS = 1000;
  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024; // a thousand keys, all escaped

  private final Gate gate;
  private final ObjectStore objects;

  DeleteObjects(Gate gate, ObjectStore objects) {
    this.gate = gate;
    this.objects = objects;
  }

  /// One object to delete; `version` is empty where none is named.
  private record Target(String key, String version) {}

  /// What the body asks for; with `quiet`, only refusals are told.
  private record Order(List<Target> targets, boolean quiet) {}

  /// Who may delete none of the objects gets the same answer whether the bucket is there or not.
  HttpResponse answer(S3Request request) {
    Order order = order(request);
    Map<Target, Wire> refused = new LinkedHashMap<>();
    List<Target> allowed = new ArrayList<>();
    for (Target target : order.targets()) {
      try {
        require(request, target);
        allowed.add(target);
      } catch (Refusal refusal) {
        refused.put(target, refusal.error().wire());
      }
    }
    if (!allowed.isEmpty()) {
      objects.deleteAll(gate.enter(request), current(allowed, refused));
    }
    return write(order, refused);
  }

  private static void require(S3Request request, Target target) {
    String action = target.version().isEmpty() ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
    Access access = new Access(action, Arn.object(request.bucket(), target.key()));
    request.call().require(Gate.withKeys(request, access));
  }

  /// The keys of the targets that are no other than the current version; the others are refused.
  private static List<String> current(List<Target> targets, Map<Target, Wire> refused) {
    List<String> keys = new ArrayList<>();
    for (Target target : targets) {
      try {
        if (!target.version().isEmpty()) {
          S3Request.requireCurrentVersion(target.version());
        }
        keys.add(target.key());
      } catch (Refusal refusal) {
        refused.put(target, refusal.error().wire());
      }
    }
    return keys;
  }

  private static HttpResponse write(Order order, Map<Target, Wire> refused) {
    XmlDocument xml = S3Service.document("DeleteResult");
    for (Target target : order.targets()) {
      Wire wire = refused.get(target);
      if (wire == null && order.quiet()) {
        continue;
      }
      xml.open(wire == null ? "Deleted" : "Error").element("Key", target.key());
      if (!target.version().isEmpty()) {
        xml.element("VersionId", target.version());
      }
      if (wire != null) {
        xml.element("Code", wire.code()).element("Message", wire.message());
      }
      xml.close();
    }
    return xml.answer(200);
  }

  private static Order order(S3Request request) {
    boolean isDigested =
        request.header("Content-MD5").isPresent()
            || !(Checksum.claim(request) instanceof Checksum.Claim.None);
    if (!isDigested) {
      throw new Refusal(
          new S3Error.InvalidRequest(
              "Missing required header for this request: Content-MD5 OR x-amz-checksum-*"));
    }
    Reader reader = new Reader();
    try {
      XmlBody.read(Upload.readAll(request, MAX_BODY_BYTES), reader);
    } catch (IllegalArgumentException _) {
      throw new Refusal(new S3Error.MalformedXml());
    }
    return new Order(reader.targets, reader.quiet);
  }

  /// Takes the order out of the elements of the body.
  private static final class Reader implements XmlBody.Visitor {
    private final List<Target> targets = new ArrayList<>();
    private boolean quiet;
    private String key = "";
    private String version = "";

    @Override
    public void end(String path, String text) {
      switch (path) {
        case "Delete/Quiet" -> quiet = text.strip().equals("true");
        case "Delete/Object/Key" -> key = text;
        case "Delete/Object/VersionId" -> version = text;
        case "Delete/Object" -> take();
        case "Delete" -> {
          if (targets.isEmpty()) {
            throw new IllegalArgumentException("nothing to delete");
          }
        }
        // a condition that is not heeded would delete what should stay
        case "Delete/Object/ETag", "Delete/Object/LastModifiedTime", "Delete/Object/Size" ->
            throw new Refusal(
                new S3Error.NotImplemented("DeleteObjects does not implement " + path + "."));
        default -> throw new IllegalArgumentException("an unknown element: `" + path + "`");
      }
    }

    private void take() {
      if (key.isEmpty() || targets.size() == MAX_OBJECTS) {
        throw new IllegalArgumentException("an object without a key, or too many");
      }
      targets.add(new Target(key, version));
      key = "";
      version = "";
    }
  }
}
