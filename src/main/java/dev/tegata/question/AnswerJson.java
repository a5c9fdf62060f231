package dev.tegata.question;

import dev.tegata.question.Answers.Token;
import dev.tegata.question.TrustAnswer.Asked;
import dev.tegata.question.TrustAnswer.NotAsked;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells [Answers] to a program. `docs/explain.md` says what each member means.
public final class AnswerJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private AnswerJson() {}

  public static ObjectNode of(Answers answers) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("allowed", answers.isAllowed());
    json.put(answers.kind(), answers.identity().arn().toString());
    answers.token().ifPresent(token -> json.set("token", token(token)));
    answers.notices().forEach(json.putArray("notices")::add);
    answers.trust().ifPresent(trust -> json.set("trust", trust(trust, answers)));
    answers
        .permission()
        .ifPresent(explanation -> json.set("permission", decision(Told.of(explanation, ""))));
    return json;
  }

  private static ObjectNode token(Token token) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("origin", token.origin()).put("signatureChecked", false);
    json.put("issuer", token.claims().issuer());
    json.put("subject", token.claims().subject());
    json.put("audience", token.claims().audience());
    token.warnings().forEach(json.putArray("warnings")::add);
    return json;
  }

  private static ObjectNode trust(TrustAnswer trust, Answers answers) {
    ObjectNode json =
        switch (trust) {
          case Asked(var presented, var _, var explanation) ->
              decision(Told.of(explanation, presented.provider().url()));
          case NotAsked(var _, var reason, var advice) -> {
            ObjectNode refused = MAPPER.createObjectNode();
            refused.put("allowed", false).put("decision", reason);
            refused.put("action", "sts:AssumeRoleWithWebIdentity");
            refused.put("resource", answers.identity().arn().toString());
            yield with(refused, advice);
          }
        };
    return trust.client().isEmpty() ? json : json.put("client", trust.client());
  }

  private static ObjectNode decision(Told told) {
    return with((ObjectNode) MAPPER.readTree(told.explanation().toJson()), told.advice());
  }

  private static ObjectNode with(ObjectNode json, List<String> advice) {
    ArrayNode sentences = json.putArray("advice");
    advice.forEach(sentences::add);
    return json;
  }
}
