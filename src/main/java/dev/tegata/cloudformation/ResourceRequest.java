package dev.tegata.cloudformation;

import java.util.random.RandomGenerator;

/// Asks a [ResourceType] for one resource.
public record ResourceRequest(String logicalId, Properties properties, NameSource names) {

  /// A name for a resource whose template gives none: `stack-logicalId-` and twelve capital letters
  /// and digits. The first two parts are cut until the whole is at most `maxLength` long.
  ///
  /// Source:
  /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html>
  public String generatedName(int maxLength) {
    return names.generate(logicalId, maxLength);
  }

  /// Where generated names come from.
  public record NameSource(String stackName, RandomGenerator random) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int SUFFIX_LENGTH = 12;
    private static final int HYPHENS = 2;

    String generate(String logicalId, int maxLength) {
      int room = maxLength - SUFFIX_LENGTH - HYPHENS;
      int forStack = Math.max(room / 2, room - logicalId.length());
      String stack = cut(stackName, forStack);
      StringBuilder name = new StringBuilder(stack);
      name.append('-').append(cut(logicalId, room - stack.length())).append('-');
      for (int i = 0; i < SUFFIX_LENGTH; i++) {
        name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      return name.toString();
    }

    private static String cut(String text, int length) {
      return text.substring(0, Math.min(length, text.length()));
    }
  }
}
