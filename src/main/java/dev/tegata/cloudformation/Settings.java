package dev.tegata.cloudformation;

import dev.tegata.arn.AccountId;
import java.util.Map;
import java.util.regex.Pattern;

/// What a template is deployed with: where, under which name, and with which parameters.
///
/// `parameters` overrides the defaults of the template.
public record Settings(
    AccountId account, String region, String stackName, Map<String, String> parameters) {
  private static final Pattern STACK_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");

  public Settings {
    if (!STACK_NAME.matcher(stackName).matches()) {
      throw new IllegalArgumentException(
          "a stack name is a letter and up to 127 letters, digits and hyphens, not `%s`"
              .formatted(stackName));
    }
    parameters = Map.copyOf(parameters);
  }
}
