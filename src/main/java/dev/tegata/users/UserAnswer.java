package dev.tegata.users;

import dev.tegata.entity.BoundaryAnswer;
import dev.tegata.entity.TagRules;
import software.amazon.awssdk.services.iam.model.User;

/// A user as answers show it. When its password was last used is never told: nobody signs in with
/// one here.
record UserAnswer(dev.tegata.store.Entity.User user) {

  /// In ListUsers and GetGroup: without tags and boundary.
  User listed() {
    return name().build();
  }

  /// After CreateUser and in GetUser.
  User whole() {
    User.Builder answer = name();
    answer.permissionsBoundary(BoundaryAnswer.of(user));
    if (!user.tags().isEmpty()) {
      answer.tags(TagRules.write(user.tags()));
    }
    return answer.build();
  }

  private User.Builder name() {
    return User.builder()
        .path(user.entity().path())
        .userName(user.name())
        .userId(user.id().text())
        .arn(user.arn().toString())
        .createDate(user.created());
  }
}
