package dev.tegata.entity;

import dev.tegata.arn.AccountId;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.Role;
import java.util.Locale;
import java.util.Optional;

/// A kind of identity: how operations call it, such as `User` in `AttachUserPolicy`, how one is
/// found by its name, and how large its inline policies may be together.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
public record IdentityKind<I extends Identity<I>>(String word, Finder<I> finder, int maxInline) {
  public static final IdentityKind<Role> ROLE = new IdentityKind<>("Role", Identities::role);
  public static final IdentityKind<User> USER = new IdentityKind<>("User", Identities::user);
  public static final IdentityKind<Group> GROUP = new IdentityKind<>("Group", Identities::group);

  private IdentityKind(String word, Finder<I> finder) {
    this(word, finder, Quota.of(word + "PolicySize"));
  }

  /// Finds an identity by its account and name.
  @FunctionalInterface
  public interface Finder<I> {
    Optional<I> find(Identities now, AccountId account, String name);
  }

  /// The word of ARNs and sentences, such as `user`.
  public String noun() {
    return word.toLowerCase(Locale.ROOT);
  }
}
