package dev.tegata.entity;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.MalformedPolicyDocument;
import dev.tegata.aws.Refusal;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.Principals.Name;
import dev.tegata.policy.SharedIssuers;
import dev.tegata.policy.Statement;
import dev.tegata.store.Change;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Identities;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Trust policies: what is asked of one that is about to be saved, and what becomes of one whose
/// principal is deleted.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
public final class TrustPolicies {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int MAX_SIZE = Quota.of("AssumeRolePolicySize");
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]+");

  private TrustPolicies() {}

  /// Lets a trust policy pass that is about to be saved beside `now`, or refuses it.
  public static void check(Policy trust, Identities now) {
    requireObjects(trust);
    for (Statement statement : trust.statements()) {
      for (Name name : statement.principals().names()) {
        requireKnown(name, now);
      }
    }
    SharedIssuers.objection(trust)
        .ifPresent(objection -> {
          throw new Refusal(new MalformedPolicyDocument(objection));
        });
    if (trust.size() > MAX_SIZE) {
      throw new Refusal(new LimitExceeded("Cannot exceed quota for ACLSizePerRole: " + MAX_SIZE));
    }
  }

  /// What was read elsewhere may trust `*`; IAM refuses to save it, though it takes it under `AWS`.
  private static void requireObjects(Policy trust) {
    JsonNode statements = MAPPER.readTree(trust.toJson()).path("Statement");
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      if (statement.path("Principal").isString()) {
        throw new Refusal(new MalformedPolicyDocument("Principal must be a JSON object."));
      }
    }
  }

  /// A principal of an account that is not kept here may exist; one of an account that is, must.
  private static void requireKnown(Name name, Identities now) {
    switch (name) {
      case Name.Entity(var arn) when arn.service().equals("iam") -> {
        if (isHere(arn, now) && now.role(arn).isEmpty() && now.user(arn).isEmpty()) {
          throw unknown("AWS", arn.toString());
        }
      }
      case Name.Federated(var provider) when isOfIam(provider) -> {
        if (!isProvider(provider, now)) {
          throw unknown("Federated", provider);
        }
      }
      case Name.Federated(var provider) when !DOMAIN.matcher(provider).matches() ->
          throw new Refusal(
              new MalformedPolicyDocument(
                  "Federated principals must be valid domain names or SAML metadata ARNs"));
      default -> {}
    }
  }

  private static boolean isOfIam(String provider) {
    return provider.contains(":oidc-provider/") || provider.contains(":saml-provider/");
  }

  private static boolean isProvider(String text, Identities now) {
    try {
      Arn arn = Arn.parse(text);
      return !isHere(arn, now)
          || now.provider(arn).isPresent()
          || SamlProvider.find(now, arn).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isHere(Arn arn, Identities now) {
    return now.account(new AccountId(arn.account())).isPresent();
  }

  private static Refusal unknown(String type, String name) {
    return new Refusal(
        new MalformedPolicyDocument(
            "Invalid principal in policy: \"%s\":\"%s\"".formatted(type, name)));
  }

  /// Writes `text` in the place of the ARN of `gone`, in all trust policies: the unique id of what
  /// is deleted, so that a later one of the same name is another and is not trusted for its name,
  /// or the ARN of what is renamed.
  public static void replace(Change change, Identity<?> gone, String text) {
    change.now().rolesTrusting(gone.arn()).stream()
        .filter(role -> names(role.trust(), gone.arn()))
        .forEach(
            role -> change.put(role.withTrust(with(role.trust(), gone.arn().toString(), text))));
  }

  static boolean names(Policy trust, Arn arn) {
    Name wanted = new Name.Entity(arn);
    return trust.statements().stream()
        .anyMatch(statement -> statement.principals().names().contains(wanted));
  }

  /// `trust` with `text` in the place of the principal `arn`.
  static Policy with(Policy trust, String arn, String text) {
    JsonNode root = MAPPER.readTree(trust.toJson());
    JsonNode statements = root.path("Statement");
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      for (String element : List.of("Principal", "NotPrincipal")) {
        if (statement.path(element) instanceof ObjectNode principal && principal.has("AWS")) {
          principal.set("AWS", replaced(principal.path("AWS"), arn, text));
        }
      }
    }
    return Policy.parse(PolicyKind.TRUST, MAPPER.writeValueAsString(root));
  }

  private static JsonNode replaced(JsonNode names, String arn, String text) {
    if (names instanceof ArrayNode list) {
      ArrayNode others = MAPPER.createArrayNode();
      list.forEach(name -> others.add(replaced(name, arn, text)));
      return others;
    }
    return names.isString() && names.stringValue().equals(arn) ? StringNode.valueOf(text) : names;
  }
}
