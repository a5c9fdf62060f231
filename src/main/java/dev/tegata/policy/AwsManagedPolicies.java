package dev.tegata.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.Arn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The policies that AWS itself manages: `arn:aws:iam::aws:policy/…`.
///
/// Each is a file of this package's resources, `policy/managed/<path><name>.json`, and a line of
/// `policy/managed/index.tsv`, so adding one is adding a file and a line. A document is read when
/// it is first asked for.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
public final class AwsManagedPolicies {
  private static final String FOLDER = "/policy/managed";
  private static final Map<Arn, Listed> LISTED = list();
  private static final Map<Arn, NamedPolicy> READ = new ConcurrentHashMap<>();

  private AwsManagedPolicies() {}

  /// What is known of a policy beside its text: `version` is its default version, made on `date`.
  public record Listed(String path, String name, String version, Optional<LocalDate> date) {
    private static Listed of(String line) {
      String[] row = line.split("\t", -1);
      return new Listed(
          row[0],
          row[1],
          row[2],
          row[3].equals("-") ? Optional.empty() : Optional.of(LocalDate.parse(row[3])));
    }

    public Arn arn() {
      return Arn.parse("arn:aws:iam::aws:policy" + path + name);
    }
  }

  private static Map<Arn, Listed> list() {
    Map<Arn, Listed> all = new LinkedHashMap<>();
    file("/index.tsv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .map(Listed::of)
        .forEach(listed -> all.put(listed.arn(), listed));
    return all;
  }

  private static String file(String name) {
    try (InputStream in = AwsManagedPolicies.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no file `%s`".formatted(FOLDER + name));
      }
      return new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every policy that is known here, by name.
  public static List<Listed> all() {
    return List.copyOf(LISTED.values());
  }

  /// What is known of the policy of that ARN, if it is one of AWS's.
  public static Optional<Listed> about(Arn arn) {
    return Optional.ofNullable(LISTED.get(arn));
  }

  /// What is to be told of AWS's policy of that ARN: of one whose text came with an account and is
  /// not known here, no more than its name.
  public static Listed described(Arn arn) {
    String resource = arn.resource();
    int name = resource.lastIndexOf('/') + 1;
    return about(arn)
        .orElseGet(() ->
            new Listed(
                resource.substring(resource.indexOf('/'), name),
                resource.substring(name),
                "v1",
                Optional.empty()));
  }

  /// The policy of that ARN, if it is known here.
  public static Optional<NamedPolicy> find(Arn arn) {
    return about(arn).map(listed -> READ.computeIfAbsent(arn, _ -> read(listed)));
  }

  private static NamedPolicy read(Listed listed) {
    String json = file(listed.path() + listed.name() + ".json");
    return new NamedPolicy(listed.arn().toString(), Policy.parse(PolicyKind.IDENTITY, json));
  }
}
