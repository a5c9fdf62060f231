package dev.tegata.aws;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/// Writes elements, each on its line and indented by its depth, as AWS does.
///
/// A member that was never set is left out; a list or structure that was set and is empty becomes
/// an empty element.
final class XmlWriter {
  private final StringBuilder out = new StringBuilder(2048);
  private int depth;

  /// An element with `content` inside.
  void nest(String name, Runnable content) {
    nest(name, "", content);
  }

  /// An element with `content` inside, which is in `namespace` unless that is empty.
  void nest(String name, String namespace, Runnable content) {
    indent().append('<').append(name);
    if (!namespace.isEmpty()) {
      out.append(" xmlns=\"").append(namespace).append('"');
    }
    int end = out.length();
    out.append(">\n");
    int start = out.length();
    depth++;
    content.run();
    depth--;
    if (out.length() == start) {
      out.replace(end, start, "/>\n");
    } else {
      indent().append("</").append(name).append(">\n");
    }
  }

  /// An element that holds `text`.
  void text(String name, String text) {
    indent().append('<').append(name);
    if (text.isEmpty()) {
      out.append("/>\n");
      return;
    }
    out.append('>');
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    out.append(text, 0, plain);
    text.substring(plain).codePoints().forEach(this::escape);
    out.append("</").append(name).append(">\n");
  }

  /// An element for each member of `structure` that is set.
  void fields(SdkPojo structure) {
    for (SdkField<?> field : structure.sdkFields()) {
      Members.value(field, structure).ifPresent(value -> value(field.locationName(), field, value));
    }
  }

  private void value(String name, SdkField<?> field, Object value) {
    switch (value) {
      case SdkPojo structure -> nest(name, () -> fields(structure));
      case List<?> items -> {
        SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
        nest(name, () -> items.forEach(each -> value("member", item, each)));
      }
      case Map<?, ?> map -> {
        SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
        nest(name, () -> map.forEach((key, each) -> entry(key.toString(), item, each)));
      }
      case Instant time -> text(name, time.truncatedTo(ChronoUnit.SECONDS).toString());
      case SdkBytes bytes ->
          text(name, Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
      default -> text(name, value.toString());
    }
  }

  private void entry(String key, SdkField<?> field, Object value) {
    nest(
        "entry",
        () -> {
          text("key", key);
          value("value", field, value);
        });
  }

  private StringBuilder indent() {
    return out.repeat("  ", depth);
  }

  private void escape(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '\r' -> out.append("&#13;");
      default -> out.appendCodePoint(isCharacter(c) ? c : '\uFFFD');
    }
  }

  /// Whether `c` stands for itself, as do all characters of most texts.
  private static boolean isPlain(char c) {
    return c >= ' ' && c < 127 && c != '&' && c != '<' && c != '>';
  }

  /// Whether XML 1.0 can hold the character at all.
  ///
  /// Source: <https://www.w3.org/TR/xml/#charsets>
  private static boolean isCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
