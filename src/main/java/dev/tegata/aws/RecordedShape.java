package dev.tegata.aws;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// A request or an answer as CloudTrail writes it down: its members with a small first letter, and
/// nothing that is secret.
///
/// Unlike CloudTrail's, a record has no session token: it is of no use to a reader. CloudTrail
/// leaves out all that a request asks if it is more than 100 KB, which lets a long policy go
/// unseen; here what is longer than a policy can be, such as a metadata document, is left out
/// alone. Nor is there a private key that came where a certificate belongs.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html#cloudtrail-integration_signin-tempcreds>
public final class RecordedShape {
  private static final Set<String> SECRET =
      Set.of(
          "AuthenticationCode1",
          "AuthenticationCode2",
          "Base32StringSeed",
          "AddPrivateKey",
          "DecodedMessage",
          "EncodedMessage",
          "NewPassword",
          "OldPassword",
          "Password",
          "PrivateKey",
          "QRCodePNG",
          "SAMLAssertion",
          "SecretAccessKey",
          "ServiceCredentialSecret",
          "ServicePassword",
          "SessionToken",
          "TokenCode",
          "TradeInToken",
          "WebIdentityToken");

  /// The length of the longest policy document that IAM takes.
  private static final int MAX_LENGTH = 131_072;

  /// What follows the first line of a private key, of whatever kind. There is nothing in it that a
  /// policy needs, so none can hide behind such a line.
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(PRIVATE KEY-----)[A-Za-z0-9+/=\\s]+");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM d, yyyy, h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

  private RecordedShape() {}

  /// The members of `shape` that are there.
  public static SequencedMap<String, Object> of(SdkPojo shape) {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    for (SdkField<?> field : shape.sdkFields()) {
      if (!SECRET.contains(field.locationName())) {
        Members.value(field, shape)
            .ifPresent(
                value -> members.put(Members.lowerFirst(field.locationName()), value(value)));
      }
    }
    return members;
  }

  private static Object value(Object value) {
    return switch (value) {
      case SdkPojo shape -> of(shape);
      case List<?> items -> items.stream().map(RecordedShape::value).toList();
      case Map<?, ?> entries -> {
        SequencedMap<String, Object> copy = new LinkedHashMap<>();
        entries.forEach((key, entry) -> copy.put(String.valueOf(key), value(entry)));
        yield copy;
      }
      case Instant instant -> TIME.format(instant);
      case Number _, Boolean _ -> value;
      default -> text(value.toString());
    };
  }

  private static Object text(String text) {
    if (text.length() <= MAX_LENGTH) {
      return PRIVATE_KEY.matcher(text).replaceAll("$1[hidden]");
    }
    SequencedMap<String, Object> omitted = new LinkedHashMap<>();
    omitted.put("omitted", true);
    omitted.put("originalSize", text.length());
    return omitted;
  }
}
