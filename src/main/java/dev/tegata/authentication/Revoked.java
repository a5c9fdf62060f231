package dev.tegata.authentication;

import dev.tegata.arn.UniqueId;
import dev.tegata.store.Revocation;
import java.util.Locale;

/// What a revocation is about. The store keeps it as a kind and a value.
public sealed interface Revoked {

  /// An access key, long-lived or a session's, and every session that came of it.
  record ByAccessKey(String id) implements Revoked {}

  /// The sessions of a role, and those that came of them.
  record ByRole(UniqueId id) implements Revoked {}

  /// Those of web identities whose issuer is `issuer`, without a scheme, and whose subject is like
  /// `pattern`, in which `*` and `?` are wildcards.
  record BySubject(String issuer, String pattern) implements Revoked {}

  /// Those of the jobs of a repository, in whatever case its name is written.
  record ByRepository(String name) implements Revoked {}

  /// Those of a run's jobs; `repository` may be empty.
  record ByRun(String repository, String id) implements Revoked {}

  /// The kinds. Their names stand in the database.
  enum Kind {
    ACCESS_KEY,
    ROLE,
    SUBJECT,
    REPOSITORY,
    RUN
  }

  default Kind kind() {
    return switch (this) {
      case ByAccessKey _ -> Kind.ACCESS_KEY;
      case ByRole _ -> Kind.ROLE;
      case BySubject _ -> Kind.SUBJECT;
      case ByRepository _ -> Kind.REPOSITORY;
      case ByRun _ -> Kind.RUN;
    };
  }

  /// What stands in the database beside the kind.
  default String value() {
    return switch (this) {
      case ByAccessKey(var id) -> id;
      case ByRole(var id) -> id.text();
      case BySubject(var issuer, var pattern) -> issuer + " " + pattern;
      case ByRepository(var name) -> name.toLowerCase(Locale.ROOT);
      case ByRun(var repository, var id) -> repository.toLowerCase(Locale.ROOT) + " " + id;
    };
  }

  /// What `revocation` is about.
  static Revoked of(Revocation revocation) {
    String value = revocation.value();
    int space = value.indexOf(' ');
    return switch (Kind.valueOf(revocation.kind())) {
      case ACCESS_KEY -> new ByAccessKey(value);
      case ROLE -> new ByRole(new UniqueId(value));
      case SUBJECT -> new BySubject(value.substring(0, space), value.substring(space + 1));
      case REPOSITORY -> new ByRepository(value);
      case RUN -> new ByRun(value.substring(0, space), value.substring(space + 1));
    };
  }
}
