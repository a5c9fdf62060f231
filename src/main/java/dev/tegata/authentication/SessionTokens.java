package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Session.AccountRoot;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.FederatedUser;
import dev.tegata.authentication.Session.Holder;
import dev.tegata.authentication.Session.IamUser;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authentication.Session.WebIdentity;
import dev.tegata.authentication.Session.Workload;
import dev.tegata.keys.Sealing;
import dev.tegata.sigv4.SecretAccessKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Session tokens: a session sealed under the key ring, so that no server has to remember it.
///
/// The secret access key is inside, where only a server with the ring can read it.
public final class SessionTokens {
  private static final String PURPOSE = "session token";
  private static final int FORMAT = 3;

  /// The same, of a session with a second factor: servers that know of none refuse it.
  private static final int FORMAT_WITH_SECOND_FACTOR = 4;

  private static final byte ROOT = 0;
  private static final byte ROLE = 1;
  private static final byte FEDERATED_USER = 2;
  private static final byte USER = 3;
  private static final byte FEDERATED_BY_USER = 4;
  private static final int MAX_LENGTH = 32 * 1024;

  private final Sealing ring;

  public SessionTokens(Sealing ring) {
    this.ring = ring;
  }

  /// Seals `session`.
  public String seal(Session session) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(session, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does not fail
    }
    return Base64.getEncoder().encodeToString(ring.seal(bytes.toByteArray(), PURPOSE));
  }

  /// The session in `token`, or nothing when it is none of this key ring's.
  public Optional<Session> open(String token) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return ring.open(Base64.getDecoder().decode(token), PURPOSE).map(SessionTokens::read);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not base64
    }
  }

  private static void write(Session session, DataOutputStream out) throws IOException {
    out.writeByte(session.secondFactor() ? FORMAT_WITH_SECOND_FACTOR : FORMAT);
    out.writeUTF(session.accessKeyId().text());
    out.writeUTF(session.secret().reveal());
    write(session.holder(), out);
    out.writeLong(session.issued().getEpochSecond());
    out.writeLong(session.expiry().getEpochSecond());
    out.writeUTF(session.policies().document().orElse(""));
    writeAll(session.policies().managed().stream().map(Arn::toString).toList(), out);
    out.writeShort(session.tags().values().size());
    for (Map.Entry<String, String> tag : session.tags().values().entrySet()) {
      out.writeUTF(tag.getKey());
      out.writeUTF(tag.getValue());
    }
    writeAll(session.tags().transitive(), out);
    out.writeUTF(session.sourceIdentity().orElse(""));
    out.writeBoolean(session.webIdentity().isPresent());
    if (session.webIdentity().isPresent()) {
      write(session.webIdentity().get(), out);
    }
    write(session.lineage(), out);
  }

  private static void write(WebIdentity identity, DataOutputStream out) throws IOException {
    out.writeUTF(identity.provider().toString());
    out.writeUTF(identity.audience());
    out.writeUTF(identity.subject());
    writeAll(identity.authenticationMethods(), out);
    out.writeUTF(identity.workload().repository());
    out.writeUTF(identity.workload().run());
  }

  private static void write(Lineage lineage, DataOutputStream out) throws IOException {
    out.writeBoolean(lineage.webIdentity().isPresent());
    if (lineage.webIdentity().isPresent()) {
      write(lineage.webIdentity().get(), out);
    }
    writeAll(lineage.accessKeyIds(), out);
    writeAll(lineage.roles().stream().map(UniqueId::text).toList(), out);
  }

  private static void write(Holder holder, DataOutputStream out) throws IOException {
    out.writeUTF(holder.account().digits());
    switch (holder) {
      case AccountRoot _ -> out.writeByte(ROOT);
      case AssumedRole role -> {
        out.writeByte(ROLE);
        out.writeUTF(role.roleName());
        out.writeUTF(role.roleId().text());
        out.writeUTF(role.sessionName());
      }
      case IamUser user -> {
        out.writeByte(USER);
        out.writeUTF(user.arn().toString());
        out.writeUTF(user.id().text());
      }
      case FederatedUser user -> {
        out.writeByte(user.user().isPresent() ? FEDERATED_BY_USER : FEDERATED_USER);
        out.writeUTF(user.name());
        if (user.user().isPresent()) {
          out.writeUTF(user.user().get().text());
        }
      }
    }
  }

  private static Session read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT && format != FORMAT_WITH_SECOND_FACTOR) {
        throw new IllegalArgumentException("a session token of format " + format);
      }
      return new Session(
          new UniqueId(in.readUTF()),
          new SecretAccessKey(in.readUTF()),
          readHolder(in),
          Instant.ofEpochSecond(in.readLong()),
          Instant.ofEpochSecond(in.readLong()),
          new SessionPolicies(
              nonEmpty(in.readUTF()), readAll(in).stream().map(Arn::parse).toList()),
          readTags(in),
          nonEmpty(in.readUTF()),
          in.readBoolean() ? Optional.of(readWebIdentity(in)) : Optional.empty(),
          readLineage(in),
          format == FORMAT_WITH_SECOND_FACTOR);
    } catch (IOException e) {
      throw new IllegalArgumentException("a session token of another shape", e);
    }
  }

  private static Holder readHolder(DataInputStream in) throws IOException {
    AccountId account = new AccountId(in.readUTF());
    return switch (in.readByte()) {
      case ROOT -> new AccountRoot(account);
      case ROLE -> new AssumedRole(account, in.readUTF(), new UniqueId(in.readUTF()), in.readUTF());
      case FEDERATED_USER -> new FederatedUser(account, in.readUTF(), null);
      case USER -> new IamUser(account, Arn.parse(in.readUTF()), new UniqueId(in.readUTF()));
      case FEDERATED_BY_USER ->
          new FederatedUser(account, in.readUTF(), new UniqueId(in.readUTF()));
      default -> throw new IllegalArgumentException("a session of nobody");
    };
  }

  private static SessionTags readTags(DataInputStream in) throws IOException {
    Map<String, String> tags = new HashMap<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      tags.put(in.readUTF(), in.readUTF());
    }
    Set<String> transitive = new HashSet<>(readAll(in));
    return new SessionTags(tags, transitive);
  }

  private static WebIdentity readWebIdentity(DataInputStream in) throws IOException {
    return new WebIdentity(
        Arn.parse(in.readUTF()),
        in.readUTF(),
        in.readUTF(),
        readAll(in),
        new Workload(in.readUTF(), in.readUTF()));
  }

  private static Lineage readLineage(DataInputStream in) throws IOException {
    return new Lineage(
        in.readBoolean() ? Optional.of(readWebIdentity(in)) : Optional.empty(),
        readAll(in),
        readAll(in).stream().map(UniqueId::new).toList());
  }

  private static void writeAll(Iterable<String> texts, DataOutputStream out) throws IOException {
    List<String> list = new ArrayList<>();
    texts.forEach(list::add);
    out.writeShort(list.size());
    for (String text : list) {
      out.writeUTF(text);
    }
  }

  private static List<String> readAll(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
