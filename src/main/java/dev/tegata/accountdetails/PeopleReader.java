package dev.tegata.accountdetails;

import dev.tegata.accountdetails.AccountDetails.Notice;
import dev.tegata.arn.UniqueId;
import dev.tegata.cloudformation.Properties;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.User;
import dev.tegata.store.EntityName;
import dev.tegata.store.Role.Permissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads users and groups. A user names its groups, which may come on a later page.
final class PeopleReader {
  private record UserDetail(User user, List<String> groups) {}

  private final List<UserDetail> users = new ArrayList<>();
  private final Map<String, Group> groups = new HashMap<>();

  void user(Identified identified, Properties user, Permissions permissions) {
    users.add(
        new UserDetail(
            new User(
                identified.id(),
                identified.name(),
                identified.created(),
                user.tags(),
                List.of(),
                permissions),
            user.strings("GroupList")));
  }

  void group(Identified identified, Permissions permissions) {
    groups.put(
        identified.name().key(),
        new Group(identified.id(), identified.name(), identified.created(), permissions));
  }

  /// What every entity is told by.
  record Identified(UniqueId id, EntityName name, Instant created) {}

  List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /// The users, each in the groups that were read; `notices` are told of those that were not.
  List<User> users(List<Notice> notices) {
    List<User> all = new ArrayList<>();
    for (UserDetail detail : users) {
      List<UniqueId> ids = new ArrayList<>();
      for (String name : detail.groups) {
        Group group = groups.get(name.toLowerCase(Locale.ROOT));
        if (group == null) {
          notices.add(
              new Notice(
                  detail.user.arn().toString(),
                  "user %s is in the group %s, which is not in the file: it adds nothing"
                      .formatted(detail.user.name(), name)));
        } else {
          ids.add(group.id());
        }
      }
      all.add(detail.user.withGroups(ids));
    }
    return all;
  }
}
