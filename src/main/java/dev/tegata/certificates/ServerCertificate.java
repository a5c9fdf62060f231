package dev.tegata.certificates;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.entity.RecordKind;
import dev.tegata.store.Change;
import dev.tegata.store.EntityName;
import dev.tegata.store.Identities;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A certificate that an account has uploaded, without its text, which may be long and is kept
/// beside it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificateMetadata.html>
public record ServerCertificate(
    UniqueId id,
    EntityName entity,
    Instant uploaded,
    Instant expiration,
    SequencedMap<String, String> tags) {
  private static final RecordKind<ServerCertificate> CERTIFICATES =
      new RecordKind<>("server-certificate", ServerCertificate.class);
  private static final RecordKind<Text> TEXTS =
      new RecordKind<>("server-certificate-text", Text.class);

  /// The certificate and those who issued it, in PEM as they came, without blanks around them: so
  /// AWS tells them, and Terraform would take others for a difference.
  record Text(String body, @Nullable String chain) {
    static Text of(String body, @Nullable String chain) {
      return new Text(body.strip(), chain == null ? null : chain.strip());
    }
  }

  public ServerCertificate {
    tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
  }

  Arn arn() {
    return entity.arn("server-certificate");
  }

  /// The certificate of that name, in whatever case.
  static Optional<ServerCertificate> find(Identities now, AccountId account, String name) {
    return CERTIFICATES.find(now, account, name);
  }

  /// All of an account, in the order of their names.
  public static List<ServerCertificate> list(Identities now, AccountId account) {
    return CERTIFICATES.list(now, account);
  }

  Optional<Text> text(Identities now) {
    return TEXTS.find(now, entity.account(), id.text());
  }

  void put(Change change) {
    CERTIFICATES.put(change, entity.account(), entity.name(), this);
  }

  void putText(Change change, Text text) {
    TEXTS.put(change, entity.account(), id.text(), text);
  }

  /// Deletes it under its name; its text stays, for it to be put under another.
  void deleteName(Change change) {
    CERTIFICATES.delete(change, entity.account(), entity.name());
  }

  void delete(Change change) {
    deleteName(change);
    TEXTS.delete(change, entity.account(), id.text());
  }

  ServerCertificate called(EntityName other) {
    return new ServerCertificate(id, other, uploaded, expiration, tags);
  }

  ServerCertificate withTags(SequencedMap<String, String> others) {
    return new ServerCertificate(id, entity, uploaded, expiration, others);
  }
}
