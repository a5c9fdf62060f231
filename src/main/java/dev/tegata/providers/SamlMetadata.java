package dev.tegata.providers;

import dev.tegata.aws.PlainXml;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.namespace.QName;

/// What is read of the metadata document of an identity provider: who it is, and until when the
/// document holds, if it says so.
///
/// It describes one entity that provides identities. Its keys and signature are not looked at:
/// nobody here believes an assertion for them.
///
/// Source: <https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf> §2.3.2, §2.4
record SamlMetadata(String entityId, Optional<Instant> validUntil) {
  private static final String NAMESPACE = "urn:oasis:names:tc:SAML:2.0:metadata";
  private static final QName ENTITY = new QName(NAMESPACE, "EntityDescriptor");
  private static final QName IDENTITY_PROVIDER = new QName(NAMESPACE, "IDPSSODescriptor");
  private static final int MAX_DEPTH = 64;
  private static final int MAX_ENTITY_ID = 1024;

  /// @throws IllegalArgumentException when `document` is not such a document
  static SamlMetadata parse(String document) {
    Reading reading = new Reading();
    PlainXml.read(new StringReader(document), MAX_DEPTH, reading);
    return reading.result();
  }

  /// What was found so far.
  private static final class Reading implements PlainXml.Visitor {
    private String entityId = "";
    private boolean providesIdentities;
    private Optional<Instant> validUntil = Optional.empty();

    @Override
    public void start(QName name, int depth, Function<String, Optional<String>> attribute) {
      if (depth == 1) {
        require(name.equals(ENTITY), "its root is `" + name + "`, not `" + ENTITY + "`");
        entityId = attribute.apply("entityID").orElse("");
        restrict(attribute);
      } else if (depth == 2 && name.equals(IDENTITY_PROVIDER)) {
        providesIdentities = true;
        restrict(attribute);
      }
    }

    /// Of several times the first counts.
    private void restrict(Function<String, Optional<String>> attribute) {
      Optional<Instant> until = attribute.apply("validUntil").map(SamlMetadata::time);
      if (until.isPresent() && (validUntil.isEmpty() || until.get().isBefore(validUntil.get()))) {
        validUntil = until;
      }
    }

    SamlMetadata result() {
      require(
          !entityId.isEmpty() && entityId.length() <= MAX_ENTITY_ID,
          "its entityID has %d characters, not 1 to %d"
              .formatted(entityId.length(), MAX_ENTITY_ID));
      require(providesIdentities, "it has no `" + IDENTITY_PROVIDER + "`");
      return new SamlMetadata(entityId, validUntil);
    }
  }

  /// An `xs:dateTime` between the years 1 and 9999; without a zone it is in UTC, as SAML asks.
  private static Instant time(String text) {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.strip(), java.time.OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          time instanceof LocalDateTime local
              ? local.toInstant(ZoneOffset.UTC)
              : Instant.from(time);
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      require(year > 0 && year < 10_000, "its validUntil is in the year " + year);
      return instant;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "its validUntil is not a time such as `2030-12-31T00:00:00Z`", e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
