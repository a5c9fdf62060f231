package dev.tegata.roles;

import dev.tegata.entity.BoundaryAnswer;
import dev.tegata.entity.Documents;
import dev.tegata.entity.TagRules;
import dev.tegata.store.Identities;
import java.util.function.Consumer;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;

/// A role as answers show it: each operation leaves out other parts.
public record RoleAnswer(dev.tegata.store.Role role) {

  /// After CreateRole: without description and session duration.
  Consumer<Role.Builder> created() {
    return answer -> {
      name(answer);
      attachments(answer);
    };
  }

  /// After UpdateRoleDescription: without session duration.
  Consumer<Role.Builder> described() {
    return answer -> {
      name(answer);
      describe(answer);
      attachments(answer);
    };
  }

  /// In ListRoles: without tags, boundary and last use.
  Role listed() {
    Role.Builder answer = Role.builder();
    name(answer);
    settings(answer);
    return answer.build();
  }

  /// In an instance profile.
  Role inProfile() {
    Role.Builder answer = Role.builder();
    name(answer);
    return answer.build();
  }

  /// In GetRole: everything.
  Consumer<Role.Builder> whole(Identities now) {
    return answer -> {
      name(answer);
      settings(answer);
      attachments(answer);
      answer.roleLastUsed(lastUsed(role, now));
    };
  }

  /// Empty for a role that nobody has used.
  public static RoleLastUsed lastUsed(dev.tegata.store.Role role, Identities now) {
    RoleLastUsed.Builder answer = RoleLastUsed.builder();
    now.lastUse(role.id()).ifPresent(last -> answer.lastUsedDate(last.at()).region(last.region()));
    return answer.build();
  }

  private void name(Role.Builder answer) {
    answer
        .path(role.entity().path())
        .roleName(role.name())
        .roleId(role.id().text())
        .arn(role.arn().toString())
        .createDate(role.created())
        .assumeRolePolicyDocument(Documents.write(role.trust()));
  }

  private void settings(Role.Builder answer) {
    describe(answer);
    answer.maxSessionDuration((int) role.maxSession().toSeconds());
  }

  private void describe(Role.Builder answer) {
    if (!role.description().isEmpty()) {
      answer.description(role.description());
    }
  }

  private void attachments(Role.Builder answer) {
    answer.permissionsBoundary(BoundaryAnswer.of(role));
    if (!role.tags().isEmpty()) {
      answer.tags(TagRules.write(role.tags()));
    }
  }
}
