package dev.tegata.policy;

import dev.tegata.policy.Draft.ConditionDraft;
import dev.tegata.policy.Json.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks of a policy what IAM asks at save, in IAM's order and with its words.
///
/// The words about trust policies are those of S3's policies too, as others report them of IAM; not
/// all of them were recorded.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html>
final class PolicyChecks {
  private static final String LEGACY = "The policy failed legacy parsing";
  private static final List<String> IAM_PATHS =
      List.of(
          "user/",
          "federated-user/",
          "role/",
          "group/",
          "instance-profile/",
          "mfa/",
          "server-certificate/",
          "policy/",
          "sms-mfa/",
          "saml-provider/",
          "oidc-provider/",
          "report/",
          "access-report/");

  /// What a trust policy may be about; what comes along with assuming a role is one of them.
  private static final List<String> TRUST_ACTIONS =
      List.of(
          "sts:AssumeRole",
          "sts:AssumeRoleWithSAML",
          "sts:AssumeRoleWithWebIdentity",
          "sts:TagSession",
          "sts:SetSourceIdentity",
          "sts:SetContext");

  private final PolicyKind kind;

  PolicyChecks(PolicyKind kind) {
    this.kind = kind;
  }

  void check(List<Draft> drafts) {
    switch (kind) {
      case IDENTITY, BOUNDARY, SESSION, SERVICE_CONTROL -> {
        drafts.forEach(this::requireNoPrincipal);
        checkPermissions(drafts);
      }
      case TRUST -> {
        drafts.forEach(this::requireLiterals);
        drafts.forEach(this::checkTrust);
        requireSids(drafts);
      }
      case RESOURCE, RESOURCE_CONTROL -> {
        drafts.forEach(this::requireLiterals);
        drafts.forEach(this::checkResource);
        requireSids(drafts);
      }
    }
  }

  private void requireNoPrincipal(Draft draft) {
    for (String element : new String[] {"Principal", "NotPrincipal"}) {
      if (draft.has(element)) {
        throw new PolicyFault(
            "Policy document should not specify a principal.",
            draft.place(element),
            "no " + element + ": such a policy is about whom it is attached to");
      }
    }
  }

  private void checkPermissions(List<Draft> drafts) {
    drafts.forEach(this::requireLiterals);
    PolicyFault resourceFault = null;
    for (Draft draft : drafts) {
      for (Text resource : draft.resources()) {
        PolicyFault fault = resourceFault(resource);
        if (resourceFault == null) {
          requireLegacyArn(resource, fault);
          resourceFault = fault;
        }
      }
    }
    requireSids(drafts);
    drafts.forEach(this::requireActions);
    drafts.forEach(this::requireResources);
    if (resourceFault != null) {
      throw resourceFault;
    }
    drafts.forEach(draft -> draft.actions().forEach(PolicyChecks::requireVendor));
  }

  /// The effect in its own letters, and dates, numbers and networks that are such.
  private void requireLiterals(Draft draft) {
    String effect = draft.effect().text();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new PolicyFault(
          kind.namesPrincipals() ? "Invalid effect: " + effect : LEGACY,
          draft.effect().place(),
          "`Allow` or `Deny`, in these letters");
    }
    if (kind == PolicyKind.SESSION) {
      return;
    }
    for (ConditionDraft condition : draft.conditions()) {
      for (Text value : condition.values()) {
        requireLiteral(condition.operator(), value);
      }
    }
  }

  private static void requireLiteral(Operator operator, Text value) {
    if (Operand.prepare(operator.comparison(), value.text(), true) instanceof Operand.Malformed) {
      Operator.Type type = operator.comparison().type();
      String expected =
          switch (type) {
            case NUMERIC -> "a number";
            case DATE -> "a date such as `2026-09-11T10:47:01Z`, or epoch seconds";
            case IP -> "a network such as `203.0.113.0/24`";
            case BINARY -> "base64";
            case BOOL, NULL -> "`true` or `false`";
            case STRING, ARN -> "text";
          };
      throw new PolicyFault(LEGACY, value.place(), expected + ", not `" + value.text() + "`");
    }
  }

  private void requireSids(List<Draft> drafts) {
    Set<String> sids = new HashSet<>();
    for (Draft draft : drafts) {
      String sid = draft.sid();
      if (!sid.isEmpty() && !sids.add(sid)) {
        throw new PolicyFault(
            kind == PolicyKind.TRUST
                ? "The Statement Ids in the policy are not unique"
                : "Statement IDs (SID) in a single policy must be unique.",
            draft.place("Sid"),
            "another Sid than `" + sid + "`, which an earlier statement has");
      }
      if (kind != PolicyKind.RESOURCE
          && !sid.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
        throw new PolicyFault(
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular"
                + " expression [0-9A-Za-z]*",
            draft.place("Sid"),
            "letters and digits");
      }
    }
  }

  private void requireActions(Draft draft) {
    if (draft.actions().isEmpty()) {
      throw new PolicyFault(
          "Policy statement must contain actions.",
          draft.has("Action") ? draft.place("Action") : draft.place("NotAction"),
          "an Action or NotAction with at least one pattern");
    }
  }

  private void requireResources(Draft draft) {
    if (draft.resources().isEmpty()) {
      throw new PolicyFault(
          "Policy statement must contain resources.",
          draft.has("Resource") ? draft.place("Resource") : draft.place("NotResource"),
          "a Resource or NotResource with at least one pattern");
    }
  }

  private static void requireVendor(Text action) {
    String[] parts = action.text().split(":", -1);
    if (parts.length == 1 && !parts[0].equals("*")) {
      throw new PolicyFault(
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
          action.place(),
          "`service:action` or `*`, not `" + action.text() + "`");
    }
    if (parts.length > 2) {
      throw new PolicyFault(
          "Actions/Condition can contain only one colon.", action.place(), "one colon");
    }
    boolean isVendor =
        parts[0]
            .chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '.'));
    if (!parts[0].equals("*") && (parts[0].isEmpty() || !isVendor)) {
      throw new PolicyFault(
          "Vendor " + parts[0] + " is not valid",
          action.place(),
          "a service of letters, digits, `-` and `.` before the colon");
    }
  }

  private static @Nullable PolicyFault resourceFault(Text resource) {
    String text = resource.text();
    if (text.equals("*")) {
      return null;
    }
    String[] parts = text.split(":", 6);
    if (parts.length == 1) {
      return new PolicyFault(
          "Resource " + text + " must be in ARN format or \"*\".",
          resource.place(),
          "an ARN or `*`");
    }
    if (!isPartition(parts[1])) {
      return new PolicyFault(
          "Partition \"%s\" is not valid for resource \"%s\"."
              .formatted(parts[1], completed(parts)),
          resource.place(),
          "a partition such as `aws`");
    }
    if (!parts[0].equals("arn")) {
      return new PolicyFault(
          "Resource " + text + " must be in ARN format or \"*\".", resource.place(), "`arn:`");
    }
    return parts.length == 2 || isPattern(parts[2])
        ? new PolicyFault(
            "Resource vendor must be fully qualified and cannot contain regexes.",
            resource.place(),
            "a service without wildcards")
        : partsFault(resource, parts);
  }

  private static @Nullable PolicyFault partsFault(Text resource, String[] parts) {
    String service = parts[2];
    boolean iam = service.equals("iam");
    boolean hasRegion = parts.length < 5 || !parts[3].isEmpty();
    boolean isBucket = service.equals("s3") && (parts.length < 5 || parts[4].isEmpty());
    if (hasRegion && (iam || isBucket)) {
      return new PolicyFault(
          iam
              ? "IAM resource " + resource.text() + " cannot contain region information."
              : "Resource " + resource.text() + " can not contain region information.",
          resource.place(),
          "nothing between the third and the fourth colon");
    }
    String path = parts.length == 6 ? parts[5] : "";
    boolean whole = path.equals("*") || path.equals("root");
    if (iam && !whole && IAM_PATHS.stream().noneMatch(path::startsWith)) {
      String paths = String.join(", ", IAM_PATHS);
      return new PolicyFault(
          "IAM resource path must either be \"*\", root, or start with " + paths + ".",
          resource.place(),
          "`*`, `root` or one of " + paths);
    }
    return null;
  }

  private static boolean isPartition(String text) {
    return text.equals("aws") || text.startsWith("aws-") || text.equals("*");
  }

  private static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /// The ARN as IAM prints it, with `*` for the parts that are not there.
  private static String completed(String[] parts) {
    Stream<String> missing = Stream.generate(() -> "*").limit(6L - parts.length);
    return "arn:" + String.join(":", Stream.concat(Stream.of(parts).skip(1), missing).toList());
  }

  /// Refuses an ARN that has too few parts, before its `fault` is told.
  private static void requireLegacyArn(Text resource, @Nullable PolicyFault fault) {
    String text = resource.text();
    String[] parts = text.split(":", -1);
    boolean cut = parts.length < 6 && text.startsWith("arn:") && text.contains("::");
    boolean noService = fault == null && parts.length > 2 && parts[2].isEmpty();
    if (cut || noService) {
      throw new PolicyFault(
          LEGACY, resource.place(), "`arn:partition:service:region:account:resource`");
    }
  }

  private void checkTrust(Draft draft) {
    boolean allows = draft.effect().text().equals("Allow");
    requireNo(
        "NotPrincipal",
        draft,
        allows
            ? "Allow with NotPrincipal is not allowed."
            : "AssumeRole policy must not contain NotPrincipal field.");
    requireNo("Resource", draft, "Has prohibited field Resource");
    requireNo("NotResource", draft, "AssumeRole policy must not contain resources.");
    requirePrincipal(draft);
    requireElement(draft, "Action");
    for (Text action : draft.actions()) {
      if (!isTrusting(action.text())) {
        throw new PolicyFault(
            "AssumeRole policy may only specify STS AssumeRole actions.",
            action.place(),
            "one of " + String.join(", ", TRUST_ACTIONS) + ", not `" + action.text() + "`");
      }
    }
  }

  private static void requireNo(String element, Draft draft, String message) {
    if (draft.has(element)) {
      throw new PolicyFault(
          message, draft.place(element), "no " + element + ": a trust policy is about its role");
    }
  }

  private static boolean isTrusting(String action) {
    return isPattern(action)
        ? action.regionMatches(true, 0, "sts:", 0, 4)
        : TRUST_ACTIONS.stream().anyMatch(action::equalsIgnoreCase);
  }

  private void checkResource(Draft draft) {
    requirePrincipal(draft);
    requireElement(draft, "Action");
    requireElement(draft, "Resource");
    if (kind == PolicyKind.RESOURCE_CONTROL) {
      requireControl(draft);
    }
    for (Text action : draft.actions()) {
      if (!action.text().equals("*") && action.text().indexOf(':') < 0) {
        throw new PolicyFault(
            "Policy has invalid action", action.place(), "`service:action` or `*`");
      }
    }
    for (Text resource : draft.resources()) {
      if (!resource.text().equals("*") && !resource.text().startsWith("arn:")) {
        throw new PolicyFault("Policy has invalid resource", resource.place(), "an ARN or `*`");
      }
    }
  }

  /// Source:
  /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>
  private static void requireControl(Draft draft) {
    for (String element : new String[] {"NotPrincipal", "NotAction"}) {
      if (draft.has(element)) {
        throw new PolicyFault(
            "Has prohibited field " + element + ".", draft.place(element), "no " + element);
      }
    }
    if (!draft.principals().names().equals(List.of(new Principals.Name.Everybody()))) {
      throw new PolicyFault(
          "Invalid principal in policy", draft.place("Principal"), "`*` and nobody in particular");
    }
  }

  private static void requirePrincipal(Draft draft) {
    if (draft.principals() instanceof Principals.Own) {
      throw new PolicyFault(
          "Missing required field Principal",
          draft.json().place(),
          "a Principal: whom the statement is about");
    }
  }

  private static void requireElement(Draft draft, String element) {
    List<Text> patterns = element.equals("Action") ? draft.actions() : draft.resources();
    if (patterns.isEmpty()) {
      throw new PolicyFault(
          "Missing required field " + element,
          draft.place(element),
          element + " with at least one pattern");
    }
  }
}
