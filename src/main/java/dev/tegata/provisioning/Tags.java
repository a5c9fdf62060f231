package dev.tegata.provisioning;

import dev.tegata.cloudformation.Properties;
import java.util.List;
import software.amazon.awssdk.services.iam.model.Tag;

/// The `Tags` of a resource, as IAM takes them.
final class Tags {
  private Tags() {}

  static List<Tag> of(Properties properties) {
    return properties.tags().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
