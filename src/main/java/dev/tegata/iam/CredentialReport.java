package dev.tegata.iam;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.credentials.Login;
import dev.tegata.credentials.PasswordRules;
import dev.tegata.credentials.SigningCertificate;
import dev.tegata.credentials.UserCredentials;
import dev.tegata.store.AccessKey;
import dev.tegata.store.Account;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.LastUse;
import dev.tegata.store.Slice;
import dev.tegata.users.PasswordPolicies;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The credentials of an account's root and users, as a table of comma-separated values with AWS's
/// columns: the root first, then the users in the order of their names.
///
/// When a password was used is never known, since nobody signs in with one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>
final class CredentialReport {
  private static final String COLUMNS =
      "user,arn,user_creation_time,"
          + "password_enabled,password_last_used,password_last_changed,password_next_rotation,"
          + "mfa_active,"
          + "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,"
          + "access_key_1_last_used_region,access_key_1_last_used_service,"
          + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
          + "access_key_2_last_used_region,access_key_2_last_used_service,"
          + "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
  private static final int MAX_OF_A_KIND = 2;
  private static final String NO = "false";
  private static final String NONE = "N/A";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Identities now;
  private final AccountId account;

  /// The keys by the ids of their users; those of the root are under nothing.
  private final Map<Optional<UniqueId>, List<AccessKey>> keys;

  /// For how long a password is good, if it ends at all.
  private final Optional<Duration> lifetime;

  CredentialReport(Identities now, AccountId account) {
    this.now = now;
    this.account = account;
    this.keys = now.accessKeys(account).stream().collect(Collectors.groupingBy(AccessKey::ofUser));
    this.lifetime =
        PasswordPolicies.rules(now, account).map(PasswordRules::maxAge).map(Duration::ofDays);
  }

  String text() {
    List<String> lines = new ArrayList<>(List.of(COLUMNS));
    lines.add(row(root()));
    now.list(User.class, account, Slice.first(Integer.MAX_VALUE))
        .forEach(user -> lines.add(row(user(user))));
    return String.join("\n", lines);
  }

  private List<String> root() {
    List<String> row = new ArrayList<>(List.of("<root_account>"));
    row.add(Arn.iam(account, "root").toString());
    row.add(now.account(account).map(Account::created).map(TIME::format).orElse(NONE));
    row.addAll(List.of("not_supported", "no_information", "not_supported", "not_supported"));
    row.add(NO);
    addKeys(row, Optional.empty());
    addCertificates(row, List.of());
    return row;
  }

  private List<String> user(User user) {
    UserCredentials credentials = user.credentials();
    List<String> row = new ArrayList<>(List.of(user.name(), user.arn().toString()));
    row.add(TIME.format(user.created()));
    row.addAll(credentials.profile().map(this::password).orElse(List.of(NO, NONE, NONE, NONE)));
    row.add(Boolean.toString(!credentials.mfaDevices().isEmpty()));
    addKeys(row, Optional.of(user.id()));
    addCertificates(row, credentials.certificates());
    return row;
  }

  /// Whether there is a password, when it was used and set, and when it must be set again.
  private List<String> password(Login login) {
    return List.of(
        "true",
        "no_information",
        TIME.format(login.changed()),
        lifetime.map(login.changed()::plus).map(TIME::format).orElse(NONE));
  }

  private void addCertificates(List<String> row, List<SigningCertificate> own) {
    for (int i = 0; i < MAX_OF_A_KIND; i++) {
      row.addAll(
          i < own.size()
              ? List.of(Boolean.toString(own.get(i).active()), TIME.format(own.get(i).uploaded()))
              : List.of(NO, NONE));
    }
  }

  private void addKeys(List<String> row, Optional<UniqueId> of) {
    List<AccessKey> own = keys.getOrDefault(of, List.of());
    for (int i = 0; i < MAX_OF_A_KIND; i++) {
      row.addAll(i < own.size() ? key(own.get(i)) : List.of(NO, NONE, NONE, NONE, NONE));
    }
  }

  private List<String> key(AccessKey key) {
    Optional<LastUse> use = now.lastUse(key.id());
    return List.of(
        Boolean.toString(key.active()),
        TIME.format(key.created()),
        use.map(LastUse::at).map(TIME::format).orElse(NONE),
        use.map(LastUse::region).orElse(NONE),
        use.map(LastUse::service).orElse(NONE));
  }

  private static String row(List<String> cells) {
    return cells.stream().map(CredentialReport::cell).collect(Collectors.joining(","));
  }

  /// A user's name may have a comma in it, and a path or a region quotes as well.
  private static String cell(String text) {
    return text.indexOf(',') < 0 && text.indexOf('"') < 0
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }
}
