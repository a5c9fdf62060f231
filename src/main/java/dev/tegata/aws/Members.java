package dev.tegata.aws;

import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// The members of requests and answers, which are model classes of AWS SDK for Java.
final class Members {
  private Members() {}

  /// The value of `field` in `structure`, if somebody has set it: of a list or map that nobody has,
  /// the model makes up an empty one.
  static Optional<Object> value(SdkField<?> field, SdkPojo structure) {
    Object value = field.getValueOrDefault(structure);
    return value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?>
        ? Optional.empty()
        : Optional.ofNullable(value);
  }

  /// The member's name as messages and records write it, with a small first letter.
  static String lowerFirst(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
