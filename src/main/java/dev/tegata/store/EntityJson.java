package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.StoreException;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdConvertingSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.util.StdConverter;

/// The stored form of an [Entity], or of what an [AccountRecord] holds: its components under their
/// own names, identifiers as text.
final class EntityJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(AccountId.class, ToStringSerializer.instance)
                  .addSerializer(Arn.class, ToStringSerializer.instance)
                  .addSerializer(UniqueId.class, ToStringSerializer.instance)
                  .addSerializer(Policy.class, new StdConvertingSerializer(new PolicyWriter()))
                  .addDeserializer(AccountId.class, text(AccountId.class, AccountId::new))
                  .addDeserializer(Arn.class, text(Arn.class, Arn::parse))
                  .addDeserializer(UniqueId.class, text(UniqueId.class, UniqueId::new))
                  .addDeserializer(
                      Policy.class, new StdConvertingDeserializer<>(new PolicyReader())))
          .build();

  private EntityJson() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// @throws StoreException when `body` is not the stored form of a `type`
  static <E> E read(Class<E> type, String body) {
    try {
      return MAPPER.readValue(body, type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new StoreException(
          "the database holds a %s that cannot be read: %s"
              .formatted(type.getSimpleName(), e.getMessage()),
          e);
    }
  }

  /// The kind by its constant's name, which stays what it is when the words for people change.
  private record StoredPolicy(String kind, String document) {}

  private static final class PolicyWriter extends StdConverter<Policy, StoredPolicy> {
    @Override
    public StoredPolicy convert(Policy policy) {
      return new StoredPolicy(policy.kind().name(), policy.toJson());
    }
  }

  private static final class PolicyReader extends StdConverter<StoredPolicy, Policy> {
    @Override
    public Policy convert(StoredPolicy policy) {
      return Policy.parse(PolicyKind.valueOf(policy.kind()), policy.document());
    }
  }

  private static <T> FromStringDeserializer<T> text(Class<T> type, Function<String, T> parse) {
    return new FromStringDeserializer<>(type) {
      @Override
      protected T _deserialize(String value, DeserializationContext context) {
        return parse.apply(value);
      }
    };
  }
}
