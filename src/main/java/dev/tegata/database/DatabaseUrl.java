package dev.tegata.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a PostgreSQL database is, and as whom to use it:
/// `postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=verify-full`.
///
/// More hosts than one are separated by commas. The password is in no message and no log.
///
/// Source: <https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS>
public final class DatabaseUrl {
  private static final Pattern FORM =
      Pattern.compile(
          "postgres(?:ql)?://(?<user>[^:@/?#]+)(?::(?<password>[^@/?#]*))?"
              + "@(?<hosts>[\\w.,:\\[\\]-]+)/(?<name>[\\w%.-]+)(?:\\?(?<options>[^#]*))?");

  /// The options that are passed on; others could load code or write files.
  private static final Set<String> OPTIONS =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "targetServerType",
          "currentSchema",
          "channelBinding");

  private final String user;
  private final Optional<String> password;
  private final String rest;

  private DatabaseUrl(String user, Optional<String> password, String rest) {
    this.user = user;
    this.password = password;
    this.rest = rest;
  }

  /// Reads a URL.
  ///
  /// @throws IllegalArgumentException when `text` is not one; the message does not repeat it, since
  ///   a password may be in it
  public static DatabaseUrl parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a database is given as `postgresql://USER:PASSWORD@HOST:PORT/NAME`, with `%` escapes in"
              + " the password");
    }
    String options = Optional.ofNullable(form.group("options")).orElse("");
    for (String option : options.split("&", -1)) {
      String name = option.substring(0, Math.max(option.indexOf('='), 0));
      if (!options.isEmpty() && !OPTIONS.contains(name)) {
        throw new IllegalArgumentException(
            "the database URL may have the options %s, not `%s`"
                .formatted(OPTIONS.stream().sorted().toList(), name));
      }
    }
    return new DatabaseUrl(
        decode(form.group("user")),
        Optional.ofNullable(form.group("password")).map(DatabaseUrl::decode),
        form.group("hosts") + "/" + form.group("name") + (options.isEmpty() ? "" : "?" + options));
  }

  private static String decode(String escaped) {
    return URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
  }

  /// This URL, with `other` as the password where it has none.
  public DatabaseUrl withPassword(String other) {
    return new DatabaseUrl(user, password.or(() -> Optional.of(other)), rest);
  }

  String user() {
    return user;
  }

  Optional<String> password() {
    return password;
  }

  String jdbc() {
    return "jdbc:postgresql://" + rest;
  }

  /// The URL without its password.
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + rest;
  }
}
