package dev.tegata.policy;

import dev.tegata.match.ArnPattern;
import dev.tegata.match.Decimal;
import dev.tegata.match.Glob;
import dev.tegata.match.IpNetwork;
import dev.tegata.match.Template;
import dev.tegata.match.Timestamp;
import dev.tegata.policy.Condition.Match;
import dev.tegata.policy.Operator.Comparison;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One value of a condition, prepared for comparison with the value of a request.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
sealed interface Operand {

  record Exact(Template template, String constant) implements Operand {}

  record IgnoringCase(Template template, String constant) implements Operand {}

  record Like(Template template, Glob constant) implements Operand {}

  record Numeric(Comparison comparison, Decimal number) implements Operand {}

  record Date(Comparison comparison, long millis) implements Operand {}

  record Truth(boolean truth) implements Operand {}

  record TruthOf(Template template) implements Operand {}

  record Binary(String base64) implements Operand {}

  record Ip(IpNetwork network) implements Operand {}

  record ArnLike(ArnPattern pattern) implements Operand {}

  /// A literal that is none of what its operator compares. IAM refuses it at save; a session policy
  /// may hold it.
  record Malformed() implements Operand {}

  /// Prepares `literal`; `variables` tells whether `${…}` is one.
  static Operand prepare(Comparison comparison, String literal, boolean variables) {
    Template template = variables ? Template.parse(literal) : Template.constant(literal);
    return switch (comparison) {
      case STRING_EQUALS, STRING_NOT_EQUALS -> new Exact(template, constant(template));
      case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
          new IgnoringCase(template, constant(template).toLowerCase(Locale.ROOT));
      case STRING_LIKE, STRING_NOT_LIKE -> new Like(template, Glob.of(template.constantPattern()));
      case BOOL -> template.isConstant() ? truth(literal) : new TruthOf(template);
      case BINARY_EQUALS -> decode(literal).isPresent() ? new Binary(literal) : new Malformed();
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE ->
          new ArnLike(ArnPattern.ofCondition(literal, variables));
      case IP_ADDRESS, NOT_IP_ADDRESS -> orMalformed(IpNetwork.parse(literal).map(Ip::new));
      case NUMERIC_EQUALS,
          NUMERIC_NOT_EQUALS,
          NUMERIC_LESS_THAN,
          NUMERIC_LESS_THAN_EQUALS,
          NUMERIC_GREATER_THAN,
          NUMERIC_GREATER_THAN_EQUALS ->
          orMalformed(Decimal.parse(literal).map(number -> new Numeric(comparison, number)));
      case DATE_EQUALS,
          DATE_NOT_EQUALS,
          DATE_LESS_THAN,
          DATE_LESS_THAN_EQUALS,
          DATE_GREATER_THAN,
          DATE_GREATER_THAN_EQUALS ->
          date(comparison, literal);
      case NULL -> truth(literal);
    };
  }

  private static Operand orMalformed(Optional<? extends Operand> operand) {
    return operand.isPresent() ? operand.get() : new Malformed();
  }

  private static String constant(Template template) {
    String text = template.isConstant() ? template.text(Context.empty(), Integer.MAX_VALUE) : null;
    return text == null ? "" : text;
  }

  private static Operand date(Comparison comparison, String literal) {
    OptionalLong millis = Timestamp.parse(literal);
    return millis.isPresent() ? new Date(comparison, millis.getAsLong()) : new Malformed();
  }

  private static Operand truth(String literal) {
    boolean truth = literal.equalsIgnoreCase("true");
    return truth || literal.equalsIgnoreCase("false") ? new Truth(truth) : new Malformed();
  }

  private static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Compares the request's `value`, in the sense of the operator without its negation.
  default Match compare(String value, Context context) {
    return switch (this) {
      case Exact(var template, var constant) ->
          Match.of(
              value.equals(
                  template.isConstant() ? constant : template.text(context, value.length())));
      case IgnoringCase(var template, var constant) ->
          ignoringCase(value, template.isConstant() ? constant : folded(template, value, context));
      case Like(var template, var constant) -> like(value, template, constant, context);
      case Numeric(var comparison, var number) ->
          Decimal.parse(value)
              .map(found -> ordered(comparison, found.compareTo(number)))
              .orElse(Match.NO);
      case Date(var comparison, var millis) ->
          compareDates(comparison, Timestamp.parse(value), millis);
      case Truth(var truth) -> Match.of(value.equalsIgnoreCase("true") == truth);
      case TruthOf(var template) -> truthOf(value, template, context);
      case Binary(var base64) -> sameBytes(value, base64);
      case Ip(var network) ->
          IpNetwork.address(value)
              .map(address -> Match.of(network.contains(address)))
              .orElse(Match.INVALID);
      case ArnLike(var pattern) ->
          ArnPattern.isArn(value) ? Match.of(pattern.matches(value, context)) : Match.INVALID;
      case Malformed() -> Match.INVALID;
    };
  }

  private static Match ignoringCase(String value, @Nullable String folded) {
    return Match.of(value.toLowerCase(Locale.ROOT).equals(folded));
  }

  /// No text is longer than itself in small letters.
  private static @Nullable String folded(Template template, String value, Context context) {
    String text = template.text(context, value.toLowerCase(Locale.ROOT).length());
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static Match like(String value, Template template, Glob constant, Context context) {
    if (template.isConstant()) {
      return Match.of(constant.matches(value));
    }
    String pattern = template.pattern(context, value.length());
    return Match.of(pattern != null && Glob.of(pattern).matches(value));
  }

  private static Match truthOf(String value, Template template, Context context) {
    String text = template.text(context, "false".length());
    return text != null && truth(text) instanceof Truth truth
        ? truth.compare(value, context)
        : Match.NO;
  }

  private static Match sameBytes(String value, String base64) {
    return Match.of(
        decode(value)
            .flatMap(found -> decode(base64).map(wanted -> Arrays.equals(found, wanted)))
            .orElse(false));
  }

  private static Match compareDates(Comparison comparison, OptionalLong found, long wanted) {
    return found.isPresent()
        ? ordered(comparison, Long.compare(found.getAsLong(), wanted))
        : Match.NO;
  }

  private static Match ordered(Comparison comparison, int order) {
    return Match.of(
        switch (comparison) {
          case NUMERIC_LESS_THAN, DATE_LESS_THAN -> order < 0;
          case NUMERIC_LESS_THAN_EQUALS, DATE_LESS_THAN_EQUALS -> order <= 0;
          case NUMERIC_GREATER_THAN, DATE_GREATER_THAN -> order > 0;
          case NUMERIC_GREATER_THAN_EQUALS, DATE_GREATER_THAN_EQUALS -> order >= 0;
          default -> order == 0;
        });
  }
}
