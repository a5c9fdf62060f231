package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.PercentEncoding;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An account of a server, asked with forms as its root or whoever else holds `credentials`.
///
/// In a form `${ALLOW}` stands for a policy that allows everything, and `${TRUST}` for one that
/// trusts the account.
record AccountClient(RunningServer server, String account, Credentials credentials) {
  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

  /// A new account.
  static AccountClient create(RunningServer server, String account) {
    return new AccountClient(server, account, server.newAccount(account));
  }

  AccountClient as(Credentials others) {
    return new AccountClient(server, account, others);
  }

  /// The answer to `form`, such as `GetRole&RoleName=deploy`, which need not be encoded.
  Answer iam(String form, String... places) {
    return ask("iam", "2010-05-08", form, places);
  }

  Answer sts(String form, String... places) {
    return ask("sts", "2011-06-15", form, places);
  }

  /// The same, which must succeed.
  Answer succeed(String form, String... places) {
    Answer answer = iam(form, places);
    if (answer.status() != 200) {
      throw new AssertionError(form + ": " + answer);
    }
    return answer;
  }

  private Answer ask(String service, String version, String form, String... places) {
    Map<String, String> values =
        new LinkedHashMap<>(
            Map.of(
                "ALLOW",
                """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}\
                """,
                "TRUST",
                """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",\
                "Principal":{"AWS":"%s"}}}\
                """
                    .formatted(account)));
    for (int i = 0; i < places.length; i += 2) {
      values.put(places[i], places[i + 1]);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : ("Action=" + fill(form, values) + "&Version=" + version).split("&", -1)) {
      String[] parts = field.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1].replace("+", "%2B"), UTF_8));
    }
    return server.query(fields, credentials, service);
  }

  private static String fill(String form, Map<String, String> values) {
    return PLACE
        .matcher(form)
        .replaceAll(place ->
            Matcher.quoteReplacement(
                PercentEncoding.encode(values.getOrDefault(place.group(1), place.group()))));
  }

  /// The session of the role called `name` of this account, which the user called `by` assumes who
  /// is made for it.
  Credentials roleSession(String name, String by) {
    succeed("CreateRole&RoleName=" + name + "&AssumeRolePolicyDocument=${TRUST}");
    succeed("PutRolePolicy&RoleName=" + name + "&PolicyName=all&PolicyDocument=${ALLOW}");
    succeed("CreateUser&UserName=" + by);
    succeed("PutUserPolicy&UserName=" + by + "&PolicyName=all&PolicyDocument=${ALLOW}");
    Credentials key = RunningServer.credentials(succeed("CreateAccessKey&UserName=" + by));
    return RunningServer.credentials(as(key).assume(account, name));
  }

  Answer assume(String account, String role, String... more) {
    return sts(
        "AssumeRole&RoleSessionName=visit&RoleArn=arn:aws:iam::"
            + account
            + ":role/"
            + role
            + String.join("", more));
  }
}
