package dev.tegata.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The policies that AWS itself manages: `arn:aws:iam::aws:policy/…`.
///
/// Each is a file of this package's resources, `policy/managed/<path><name>.json`, and a line of
/// `policy/managed/index.tsv`, so adding one is adding a file and a line. A document is read when
/// it is first asked for.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
public final class AwsManagedPolicies {
  private static final String FOLDER = "/policy/managed";
  private static final String POLICY = "arn:aws:iam::aws:policy";

  /// The lines of the index, which are taken apart when they are asked for, by path and name.
  private static final SequencedMap<String, String> LINES = lines();

  private static final Map<String, String> DESCRIPTIONS =
      lines("/descriptions.tsv")
          .map(line -> line.split("\t", -1))
          .collect(toMap(row -> row[0], row -> row[1]));

  private static final Map<Arn, NamedPolicy> READ = new ConcurrentHashMap<>();

  private AwsManagedPolicies() {}

  /// What is known of a policy beside its text: `version` is its default version, made when it was
  /// `updated`.
  public record Listed(
      String path,
      String name,
      String version,
      Optional<Instant> created,
      Optional<Instant> updated) {
    private static Listed of(String line) {
      String[] row = line.split("\t", -1);
      return new Listed(
          row[0],
          row[1],
          row[2],
          Optional.of(Instant.parse(row[3])),
          Optional.of(Instant.parse(row[4])));
    }

    public Arn arn() {
      return Arn.parse(POLICY + path + name);
    }

    /// The unique id, which is this program's own: AWS's are not known here.
    public UniqueId id() {
      return UniqueId.derived(UniqueId.Kind.ANPA, arn());
    }

    /// AWS's sentence about it, where it is known.
    public Optional<String> description() {
      return Optional.ofNullable(DESCRIPTIONS.get(path + name));
    }
  }

  private static SequencedMap<String, String> lines() {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    lines("/index.tsv")
        .forEach(line -> {
          int name = line.indexOf('\t') + 1;
          int end = line.indexOf('\t', name);
          all.put(line.substring(0, name - 1) + line.substring(name, end), line);
        });
    return all;
  }

  /// The lines of a table, without its remarks and header.
  private static Stream<String> lines(String table) {
    return file(table).lines().filter(line -> !line.startsWith("#")).skip(1);
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
    return LINES.values().stream().map(Listed::of).toList();
  }

  /// What is known of the policy of that ARN, if it is one of AWS's.
  public static Optional<Listed> about(Arn arn) {
    return line(arn).map(Listed::of);
  }

  private static Optional<String> line(Arn arn) {
    String text = arn.toString();
    return text.startsWith(POLICY)
        ? Optional.ofNullable(LINES.get(text.substring(POLICY.length())))
        : Optional.empty();
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
                Optional.empty(),
                Optional.empty()));
  }

  /// The policy of that ARN, if it is known here.
  public static Optional<NamedPolicy> find(Arn arn) {
    return line(arn).map(_ -> READ.computeIfAbsent(arn, AwsManagedPolicies::read));
  }

  private static NamedPolicy read(Arn arn) {
    String text = arn.toString();
    String json = file(text.substring(POLICY.length()) + ".json");
    return new NamedPolicy(text, Policy.parse(PolicyKind.IDENTITY, json));
  }
}
