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
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// A request or an answer as CloudTrail writes it down: its members with a small first letter, and
/// nothing that is secret.
///
/// Unlike CloudTrail's, a record has no session token: it is of no use to a reader.
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
      default -> value.toString();
    };
  }
}
