package dev.tegata.entity;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.IamError.PolicyNotAttachable;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/// The policies of the identities of one kind: those that are a part of one, of whose names no two
/// differ in case alone, and the managed ones that it refers to.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>
public final class IdentityPolicies<I extends Identity<I>> {

  private final IdentityAccess<I> identities;
  private final String word;

  public IdentityPolicies(IdentityStore store, IdentityKind<I> kind) {
    this.identities = new IdentityAccess<>(store, kind);
    this.word = kind.word();
  }

  /// The identity that a request is about: its name, and who asks.
  public record Whose(String name, Call call) {
    private Asked asks(String action) {
      return Asked.of(call, "iam:" + action, name);
    }

    private Asked asks(String action, ContextKeys context) {
      return new Asked(call, "iam:" + action, name, context);
    }
  }

  /// Replaces what an identity may do, unless that is for AWS alone to say.
  private void change(Asked asked, BiFunction<Identities, I, I> edit) {
    identities.change(
        asked,
        (now, identity) -> {
          ProtectedRoles.requireModifiable(identity);
          return edit.apply(now, identity);
        });
  }

  public void put(Whose whose, String name, String document) {
    change(
        whose.asks("Put" + word + "Policy"),
        (_, identity) -> {
          SequencedMap<String, Policy> inline =
              new LinkedHashMap<>(identity.permissions().inline());
          inline.keySet().removeIf(name::equalsIgnoreCase);
          inline.put(name, Documents.read(PolicyKind.IDENTITY, document));
          int max = identities.kind().maxInline();
          if (inline.values().stream().mapToInt(Policy::size).sum() > max) {
            throw new Refusal(
                new LimitExceeded(
                    "Maximum policy size of %d bytes exceeded for %s %s"
                        .formatted(max, identities.kind().noun(), identity.name())));
          }
          return identity.withPermissions(identity.permissions().withInline(inline));
        });
  }

  /// The inline policy called `name`, under its name as it was first written, and its identity.
  public record Inline<I>(I identity, String name, Policy policy) {}

  public Inline<I> get(Whose whose, String name) {
    I identity = identities.read(whose.asks("Get" + word + "Policy"));
    Map.Entry<String, Policy> found = find(identity, name);
    return new Inline<>(identity, found.getKey(), found.getValue());
  }

  public Page<String> list(Whose whose, Wanted wanted) {
    I identity = identities.read(whose.asks("List" + word + "Policies"));
    return Page.of(
        List.copyOf(identity.permissions().inline().keySet()),
        name -> name.toLowerCase(Locale.ROOT),
        wanted);
  }

  public void delete(Whose whose, String name) {
    change(
        whose.asks("Delete" + word + "Policy"),
        (_, identity) -> {
          SequencedMap<String, Policy> inline =
              new LinkedHashMap<>(identity.permissions().inline());
          inline.remove(find(identity, name).getKey());
          return identity.withPermissions(identity.permissions().withInline(inline));
        });
  }

  private Map.Entry<String, Policy> find(I identity, String name) {
    return identity.permissions().inline().entrySet().stream()
        .filter(policy -> policy.getKey().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity(
                    "The %s policy with name %s cannot be found."
                        .formatted(identities.kind().noun(), name))));
  }

  /// Attaches a managed policy; one that is attached stays so.
  public void attach(Whose whose, String policyArn) {
    Arn policy = Documents.arn("policy", policyArn);
    change(
        whose.asks("Attach" + word + "Policy", new ContextKeys().policy(policy)),
        (now, identity) -> {
          requireAttachable(policy, identity, now);
          List<Arn> attached = new ArrayList<>(identity.permissions().attached());
          if (!attached.contains(policy)) {
            attached.add(policy);
          }
          int most = Quota.of("AttachedPoliciesPer" + word);
          if (attached.size() > most) {
            throw new Refusal(
                new LimitExceeded(
                    "Cannot exceed quota for PoliciesPer%s: %d".formatted(word, most)));
          }
          return identity.withPermissions(identity.permissions().withAttached(attached));
        });
  }

  public void detach(Whose whose, String policyArn) {
    Arn policy = Documents.arn("policy", policyArn);
    change(
        whose.asks("Detach" + word + "Policy", new ContextKeys().policy(policy)),
        (_, identity) -> {
          List<Arn> attached = new ArrayList<>(identity.permissions().attached());
          if (!attached.remove(policy)) {
            throw new Refusal(new NoSuchEntity("Policy " + policy + " was not found."));
          }
          return identity.withPermissions(identity.permissions().withAttached(attached));
        });
  }

  public Page<AttachedPolicy> listAttached(
      Whose whose, @Nullable String pathPrefix, Wanted wanted) {
    I identity = identities.read(whose.asks("ListAttached" + word + "Policies"));
    String prefix = "policy" + Objects.requireNonNullElse(pathPrefix, "/");
    return Page.inOrder(
        identity.permissions().attached().stream()
            .filter(arn -> arn.resource().startsWith(prefix))
            .map(IdentityPolicies::attached)
            .toList(),
        wanted);
  }

  /// A managed policy as answers name it.
  public static AttachedPolicy attached(Arn arn) {
    return AttachedPolicy.builder()
        .policyName(arn.resource().substring(arn.resource().lastIndexOf('/') + 1))
        .policyArn(arn.toString())
        .build();
  }

  public void putBoundary(Whose whose, String policyArn) {
    Arn boundary = boundaryArn(policyArn);
    change(
        whose.asks("Put" + word + "PermissionsBoundary", new ContextKeys().boundary(boundary)),
        (now, identity) -> {
          requireBoundary(boundary, identity, now);
          return identity.withPermissions(identity.permissions().withBoundary(boundary));
        });
  }

  public void deleteBoundary(Whose whose) {
    change(
        whose.asks("Delete" + word + "PermissionsBoundary"),
        (_, identity) -> {
          if (identity.permissions().boundary() == null) {
            throw new Refusal(
                new NoSuchEntity(
                    "The %s %s has no permissions boundary."
                        .formatted(identities.kind().noun(), identity.name())));
          }
          return identity.withPermissions(identity.permissions().withoutBoundary());
        });
  }

  /// Reads the ARN of a policy that is to be a boundary.
  public static Arn boundaryArn(String text) {
    try {
      return Documents.arn("policy", text);
    } catch (Refusal e) {
      throw new Refusal(new InvalidInput("ARN " + text + " is not valid."));
    }
  }

  /// Refuses a policy of one of AWS's services, which only that service's own role has; and one
  /// that is not there. Of users and groups AWS's sentence about the first is not known.
  private void requireAttachable(Arn policy, Identity<?> identity, Identities now) {
    boolean isOfService =
        policy.account().equals("aws")
            && policy.resource().startsWith("policy" + ProtectedRoles.PATH);
    if (isOfService && !(identity instanceof Role role && ProtectedRoles.isServiceLinked(role))) {
      throw new Refusal(
          new PolicyNotAttachable(
              "Cannot attach a Service Role Policy to a Customer %s.".formatted(word)));
    }
    if (now.inForce(policy, identity.account()).isEmpty()) {
      throw new Refusal(
          new NoSuchEntity("Policy " + policy + " does not exist or is not attachable."));
    }
  }

  /// Refuses a boundary that is not there, or is neither AWS's nor of the identity's account.
  public static void requireBoundary(Arn policy, Identity<?> identity, Identities now) {
    if (now.inForce(policy, identity.account()).isEmpty()) {
      throw new Refusal(
          new NoSuchEntity("Scope ARN: " + policy + " does not exist or is not attachable."));
    }
  }
}
