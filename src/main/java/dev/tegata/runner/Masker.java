package dev.tegata.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// Hides secrets: every occurrence of one, in the forms in which tools print them, becomes `***`.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log>
final class Masker {
  private static final String MASK = "***";
  private static final int SHORTEST_FRAGMENT = 8;

  private final Set<String> hidden = new LinkedHashSet<>();

  void addAll(Collection<String> secrets) {
    secrets.forEach(this::add);
  }

  /// Hides `secret`, and each of its lines, from now on.
  void add(String secret) {
    addForms(secret);
    secret.lines().map(String::strip).forEach(this::addForms);
  }

  private void addForms(String value) {
    if (value.isBlank()) {
      return;
    }
    hidden.add(value);
    addBase64(value.getBytes(UTF_8));
    hidden.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
    hidden.add(jsonEscaped(value));
    hidden.add(URLEncoder.encode(value, UTF_8));
    hidden.add(URLEncoder.encode(value, UTF_8).replace("+", "%20"));
    hidden.add(xmlEscaped(value));
    hidden.add(value.replace("'", "''"));
    hidden.add(value.replace("'", "'\\''"));
    if (value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")) {
      hidden.add(value.substring(1, value.length() - 1));
    }
  }

  /// Base64 takes three bytes at a time, so a secret inside a longer text has three forms. Of each,
  /// what comes of whole groups stays the same, whatever follows.
  private void addBase64(byte[] bytes) {
    for (int shift = 0; shift < 3 && shift < bytes.length; shift++) {
      byte[] rest = Arrays.copyOfRange(bytes, shift, bytes.length);
      for (Base64.Encoder encoder :
          new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
        hidden.add(encoder.encodeToString(rest));
        String whole = encoder.encodeToString(Arrays.copyOf(rest, rest.length - rest.length % 3));
        if (whole.length() >= SHORTEST_FRAGMENT) {
          hidden.add(whole);
        }
      }
    }
  }

  private static String jsonEscaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\b' -> escaped.append("\\b");
        case '\f' -> escaped.append("\\f");
        default -> escaped.append(c < ' ' ? "\\u%04x".formatted((int) c) : Character.toString(c));
      }
    }
    return escaped.toString();
  }

  private static String xmlEscaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }

  /// `text` without its secrets. Where they overlap or touch, one mask stands for all.
  String mask(String text) {
    boolean[] covered = new boolean[text.length()];
    boolean found = false;
    for (String secret : hidden) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        Arrays.fill(covered, at, at + secret.length(), true);
        found = true;
      }
    }
    if (!found) {
      return text;
    }
    StringBuilder masked = new StringBuilder();
    for (int i = 0; i < covered.length; i++) {
      if (!covered[i]) {
        masked.append(text.charAt(i));
      } else if (i == 0 || !covered[i - 1]) {
        masked.append(MASK);
      }
    }
    return masked.toString();
  }
}
