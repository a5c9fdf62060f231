package dev.tegata.question;

import dev.tegata.explain.Explanation;
import dev.tegata.question.Answers.Token;
import dev.tegata.question.TrustAnswer.Asked;
import dev.tegata.question.TrustAnswer.NotAsked;
import java.util.List;

/// Tells [Answers] to a person.
public final class AnswerText {
  private final boolean whole;
  private final StringBuilder text = new StringBuilder();

  private AnswerText(boolean whole) {
    this.whole = whole;
  }

  /// The answers and why they are so; the `whole` of it tells every element of every statement.
  public static String of(Answers answers, boolean whole) {
    return new AnswerText(whole).write(answers);
  }

  private String write(Answers answers) {
    line(answers.kind() + "   " + answers.identity().arn());
    answers.token().ifPresent(this::token);
    answers.notices().forEach(notice -> line("note   " + notice));
    answers.trust().ifPresent(trust -> trust(trust, answers));
    answers.permission().ifPresent(explanation -> told(Told.of(explanation, "")));
    return text.toString();
  }

  private void token(Token token) {
    line("token  " + token.description());
    line("         issuer    " + token.claims().issuer());
    line("         subject   " + token.claims().subject());
    line("         audience  " + token.claims().audience());
    token.warnings().forEach(warning -> line("warn   " + warning));
  }

  private void trust(TrustAnswer trust, Answers answers) {
    switch (trust) {
      case Asked(var presented, var _, var explanation) ->
          told(Told.of(explanation, presented.provider().url()));
      case NotAsked(var _, var reason, var advice) -> {
        decision(
            false,
            "sts:AssumeRoleWithWebIdentity on %s\nrefused before the trust policy is asked: %s\n"
                .formatted(answers.identity().arn(), reason));
        advice(advice);
      }
    }
    if (!trust.client().isEmpty()) {
      line("");
      line("  the client is told: " + trust.client());
    }
  }

  private void told(Told told) {
    Explanation explanation = told.explanation();
    decision(
        explanation.decision().isAllowed(), whole ? explanation.text() : explanation.summary());
    advice(told.advice());
  }

  /// The mark, then what was asked in the first of `lines`, and what came of it below.
  private void decision(boolean allowed, String lines) {
    List<String> all = lines.strip().lines().toList();
    line("");
    line((allowed ? "✓ " : "✗ ") + all.getFirst());
    all.stream().skip(1).forEach(line -> line(line.isEmpty() ? "" : "  " + line));
  }

  private void advice(List<String> advice) {
    if (!advice.isEmpty()) {
      line("");
    }
    advice.forEach(sentence -> line("  " + sentence));
  }

  private void line(String line) {
    text.append(line.replace('\n', '?')).append('\n');
  }
}
