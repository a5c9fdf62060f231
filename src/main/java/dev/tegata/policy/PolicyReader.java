package dev.tegata.policy;

import dev.tegata.policy.Draft.ConditionDraft;
import dev.tegata.policy.Json.Literal;
import dev.tegata.policy.Json.Members;
import dev.tegata.policy.Json.Text;
import dev.tegata.policy.PolicyFault.Path;
import dev.tegata.policy.PolicyFault.Place;
import dev.tegata.policy.Principals.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads the grammar of a policy; [PolicyChecks] then asks whether it makes sense.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
final class PolicyReader {
  private static final Set<String> TOP = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final String CURRENT_VERSION = "2012-10-17";
  private static final Set<String> VERSIONS = Set.of(CURRENT_VERSION, "2008-10-17");

  private final PolicyKind kind;
  private final boolean mustBeCurrent;

  private PolicyReader(PolicyKind kind, boolean mustBeCurrent) {
    this.kind = kind;
    this.mustBeCurrent = mustBeCurrent;
  }

  static Policy read(PolicyKind kind, String json) {
    boolean managed = kind == PolicyKind.BOUNDARY || kind == PolicyKind.SERVICE_CONTROL;
    return new PolicyReader(kind, managed).document(json);
  }

  static Policy readManaged(String json) {
    return new PolicyReader(PolicyKind.IDENTITY, true).document(json);
  }

  private Policy document(String json) {
    requireCharacters(json);
    Json root = Json.parse(json, notJson());
    if (!(root instanceof Members top)) {
      throw fault(root.place(), "an object, not " + root.kind());
    }
    requireKnown(top, TOP);
    Json id = top.members().get("Id");
    if (id != null && !(id instanceof Text)) {
      throw fault(id.place(), "a string, not " + id.kind());
    }
    Json version = top.members().get("Version");
    boolean current = version instanceof Text text && text.text().equals(CURRENT_VERSION);
    if (version != null && !(version instanceof Text text && VERSIONS.contains(text.text()))) {
      throw new PolicyFault(
          kind == PolicyKind.TRUST ? "The policy must contain a valid version string" : syntax(),
          version.place(),
          "`2012-10-17` or `2008-10-17`, not " + version.kind());
    }
    Json statement = top.members().get("Statement");
    if (statement == null) {
      throw missing(top.place(), "Statement");
    }
    List<Draft> drafts = statements(statement);
    if (mustBeCurrent && !current) {
      throw new PolicyFault(
          "Policy document must be version 2012-10-17 or greater.",
          version == null ? top.place() : version.place(),
          "the element Version with `2012-10-17`");
    }
    new PolicyChecks(kind).check(drafts);
    List<Statement> read =
        IntStream.range(0, drafts.size())
            .mapToObj(i -> drafts.get(i).statement(i, current))
            .toList();
    return new Policy(kind, json, current, read);
  }

  /// The characters that IAM's model takes; a bucket's policy may name keys in any script.
  private void requireCharacters(String json) {
    if (kind == PolicyKind.RESOURCE) {
      if (!json.startsWith("{")) {
        throw new PolicyFault(notJson(), Place.ROOT, "`{`");
      }
      return;
    }
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '\n') {
        line++;
        lineStart = i + 1;
      } else if ((c < ' ' && c != '\t' && c != '\r') || c > '\u00ff') {
        throw new PolicyFault(
            notJson(),
            new Place(line, i - lineStart + 1, Path.ROOT),
            "a tab, a line end or a character from U+0020 to U+00FF, not U+%04X"
                .formatted((int) c));
      }
    }
  }

  private List<Draft> statements(Json json) {
    return switch (json) {
      case Members statement -> List.of(statement(statement));
      case Json.Items(var place, var items) -> {
        if (items.isEmpty()) {
          throw new PolicyFault(
              kind == PolicyKind.TRUST
                  ? "Could not parse the policy: Statement is empty!"
                  : syntax(),
              place,
              "at least one statement");
        }
        List<Draft> drafts = new ArrayList<>();
        for (Json item : items) {
          if (!(item instanceof Members statement)) {
            throw fault(item.place(), "a statement, not " + item.kind());
          }
          drafts.add(statement(statement));
        }
        yield drafts;
      }
      default -> throw fault(json.place(), "a statement or a list of them, not " + json.kind());
    };
  }

  private Draft statement(Members json) {
    requireKnown(json, STATEMENT);
    requireOne(json, "Principal", "NotPrincipal");
    requireOne(json, "Action", "NotAction");
    requireOne(json, "Resource", "NotResource");
    Text effect = effect(json);
    List<Text> actions = strings(either(json, "Action", "NotAction"));
    List<Text> resources = strings(either(json, "Resource", "NotResource"));
    List<ConditionDraft> conditions = conditions(json.members().get("Condition"));
    String sid = sid(json.members().get("Sid"));
    boolean denies = effect.text().equals("Deny");
    return new Draft(json, sid, effect, principals(json, denies), actions, resources, conditions);
  }

  private Text effect(Members json) {
    Json effect = json.members().get("Effect");
    if (effect == null) {
      throw missing(json.place(), "Effect");
    }
    if (effect instanceof Text text
        && (text.text().equalsIgnoreCase("Allow") || text.text().equalsIgnoreCase("Deny"))) {
      return text;
    }
    throw new PolicyFault(
        effect instanceof Text text && kind.namesPrincipals()
            ? "Invalid effect: " + text.text()
            : syntax(),
        effect.place(),
        "`Allow` or `Deny`, not " + effect.kind());
  }

  private String sid(@Nullable Json json) {
    return switch (json) {
      case null -> "";
      case Text(var _, var text) -> text;
      default -> throw fault(json.place(), "a string, not " + json.kind());
    };
  }

  private static @Nullable Json either(Members json, String name, String notName) {
    Json value = json.members().get(name);
    return value == null ? json.members().get(notName) : value;
  }

  private List<Text> strings(@Nullable Json json) {
    return switch (json) {
      case null -> List.of();
      case Text text -> List.of(text);
      case Json.Items(var _, var items) -> items.stream().map(this::string).toList();
      default -> throw fault(json.place(), "a string or a list of strings, not " + json.kind());
    };
  }

  private Text string(Json json) {
    if (json instanceof Text text) {
      return text;
    }
    throw fault(json.place(), "a string, not " + json.kind());
  }

  private List<ConditionDraft> conditions(@Nullable Json json) {
    if (json == null) {
      return List.of();
    }
    List<ConditionDraft> drafts = new ArrayList<>();
    for (Map.Entry<String, Json> block : members(json).entrySet()) {
      String name = block.getKey();
      for (Map.Entry<String, Json> key : members(block.getValue()).entrySet()) {
        Operator operator =
            Operator.parse(name).orElseThrow(() -> unknownOperator(block.getValue(), name));
        drafts.add(new ConditionDraft(operator, key.getKey(), values(key.getValue())));
      }
    }
    return drafts;
  }

  private Map<String, Json> members(Json json) {
    if (json instanceof Members members) {
      return members.members();
    }
    throw fault(json.place(), "an object, not " + json.kind());
  }

  private List<Text> values(Json json) {
    return switch (json) {
      case Json.Items(var _, var items) -> items.stream().map(this::value).toList();
      default -> List.of(value(json));
    };
  }

  private Text value(Json json) {
    return switch (json) {
      case Text text -> text;
      case Literal(var place, var text) -> new Text(place, text);
      default -> throw fault(json.place(), "a string, number or boolean, not " + json.kind());
    };
  }

  private Principals principals(Members json, boolean denies) {
    Json principal = json.members().get("Principal");
    if (principal != null) {
      return new Principals.Principal(names(principal, denies));
    }
    Json notPrincipal = json.members().get("NotPrincipal");
    return notPrincipal == null
        ? new Principals.Own()
        : new Principals.NotPrincipal(names(notPrincipal, denies));
  }

  private List<Name> names(Json json, boolean denies) {
    if (json instanceof Text(var _, var text) && text.equals("*")) {
      // Whether `*` lets in the bearer of an ID token is not known of AWS: it does not here, but
      // what is denied to everybody is denied to him as well.
      boolean everybody = kind != PolicyKind.TRUST || denies;
      return List.of(everybody ? new Name.Everybody() : new Name.EveryAws());
    }
    if (!(json instanceof Members members)) {
      throw new PolicyFault(
          json instanceof Text && kind == PolicyKind.TRUST
              ? "Principal must be a JSON object."
              : syntax(),
          json.place(),
          "`*` or an object, not " + json.kind());
    }
    List<Name> names = new ArrayList<>();
    members
        .members()
        .forEach((type, value) -> strings(value).forEach(text -> names.add(name(type, text))));
    if (names.isEmpty()) {
      throw kind == PolicyKind.TRUST
          ? new PolicyFault(
              "Missing required field Principal cannot be empty!",
              json.place(),
              "at least one principal")
          : fault(json.place(), "at least one principal");
    }
    return names;
  }

  private Name name(String type, Text text) {
    String name = text.text();
    return switch (type) {
      case "AWS" -> Name.parseAws(name).orElseThrow(() -> invalidPrincipal(type, text));
      case "Federated" -> new Name.Federated(named(type, text));
      case "Service" -> new Name.Service(named(type, text));
      case "CanonicalUser" -> new Name.CanonicalUser(named(type, text));
      default -> throw invalidPrincipal(type, text);
    };
  }

  private String named(String type, Text text) {
    if (text.text().isEmpty() || text.text().indexOf('*') >= 0) {
      throw invalidPrincipal(type, text);
    }
    return text.text();
  }

  private PolicyFault invalidPrincipal(String type, Text text) {
    String message =
        kind == PolicyKind.RESOURCE
            ? "Invalid principal in policy"
            : "Invalid principal in policy: \"%s\":\"%s\"".formatted(type, text.text());
    return new PolicyFault(
        message,
        text.place(),
        "under AWS an account, the ARN of a user, role or session, a unique id or `*`; under"
            + " Federated, Service or CanonicalUser one name");
  }

  private PolicyFault unknownOperator(Json block, String name) {
    return new PolicyFault(
        kind == PolicyKind.TRUST ? "Invalid Condition type : " + name : syntax(),
        block.place(),
        "a condition operator, not `" + name + "`");
  }

  private void requireOne(Members json, String name, String notName) {
    Json second = json.members().get(notName);
    if (second != null && json.members().containsKey(name)) {
      throw fault(second.place(), name + " or " + notName + ", not both");
    }
  }

  private void requireKnown(Members json, Set<String> names) {
    for (Map.Entry<String, Json> member : json.members().entrySet()) {
      if (!names.contains(member.getKey())) {
        throw fault(member.getValue().place(), "one of " + names.stream().sorted().toList());
      }
    }
  }

  private PolicyFault missing(Place place, String element) {
    return new PolicyFault(
        kind.namesPrincipals() ? "Missing required field " + element : syntax(),
        place,
        "the element " + element);
  }

  private PolicyFault fault(Place place, String expected) {
    return new PolicyFault(syntax(), place, expected);
  }

  private String notJson() {
    return switch (kind) {
      case TRUST -> "This policy contains invalid Json";
      case RESOURCE -> "Policies must be valid JSON and the first byte must be '{'";
      default -> syntax();
    };
  }

  private String syntax() {
    return kind == PolicyKind.RESOURCE ? "Invalid policy syntax." : "Syntax errors in policy.";
  }
}
