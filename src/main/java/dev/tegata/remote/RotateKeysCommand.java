package dev.tegata.remote;

import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `tegata rotate-keys`: gives a server that runs new keys before their time.
@Command(
    name = "rotate-keys",
    description = {
      "Gives a server that runs new keys before their time.",
      "Nothing that is good stops being good: a new signing key is published before it signs, and",
      "old keys are kept for as long as what they signed or sealed. Asks the server's API, signed",
      "with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; needs the permission",
      "tegata:RotateKeys.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tegata rotate-keys signing",
      "  tegata rotate-keys signing session outbound --format json"
    },
    mixinStandardHelpOptions = true)
public final class RotateKeysCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "KEYS",
      arity = "1..*",
      description = {
        "signing: those of the issuer, for the ID tokens of jobs;",
        "session: those that seal session tokens;",
        "outbound: those for the tokens of GetWebIdentityToken."
      })
  private List<Keys> keys = List.of();

  @Mixin private Output output = new Output();

  @Mixin private ApiOptions api = new ApiOptions();

  /// The keys that a server has.
  enum Keys {
    SIGNING("keys/rotate"),
    SESSION("session-keys/rotate"),
    OUTBOUND("outbound-keys/rotate");

    private final String path;

    Keys(String path) {
      this.path = path;
    }

    /// Sentences that tell what the server answered.
    private List<String> told(JsonObject answer) {
      return switch (this) {
        case SIGNING -> List.of("signing: " + ofKey(answer));
        case OUTBOUND -> keys(answer).map(key -> "outbound: " + ofKey(key)).toList();
        case SESSION ->
            List.of(
                "session: a new key seals from now on, the old ones open until "
                    + answer.text("old_keys_open_until").orElse("?"));
      };
    }

    private static String ofKey(JsonObject key) {
      return "key %s is published, and signs from %s on"
          .formatted(key.text("key_id").orElse("?"), key.text("signs_from").orElse("?"));
    }

    private static Stream<JsonObject> keys(JsonObject answer) {
      return answer.members().get("keys") instanceof JsonArray(var items)
          ? items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
          : Stream.empty();
    }
  }

  @Override
  public Integer call() {
    JsonObject.Builder all = JsonObject.builder();
    for (Keys kind : new LinkedHashSet<>(keys)) {
      JsonObject answer = api.call("POST", kind.path, "");
      all.put(kind.name().toLowerCase(Locale.ROOT), answer);
      kind.told(answer).forEach(output::tell);
    }
    output.print(all.build(), "");
    return 0;
  }
}
