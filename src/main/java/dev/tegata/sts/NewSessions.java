package dev.tegata.sts;

import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Lineage;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.Holder;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authentication.Session.WebIdentity;
import dev.tegata.authentication.SessionTokens;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.StsError.PackedPolicyTooLarge;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Makes sessions: draws their credentials, and seals them into tokens.
public record NewSessions(SessionTokens tokens, RandomGenerator random) {

  /// From when to when a session lives.
  record Lifetime(Instant start, Duration length) {}

  /// What goes with a session: policies that cut it down, tags, who was at its beginning, and
  /// whether they have shown a second factor.
  record Baggage(
      SessionPolicies policies,
      SessionTags tags,
      Optional<String> sourceIdentity,
      Optional<WebIdentity> webIdentity,
      Lineage lineage,
      boolean secondFactor) {
    /// Nothing goes with it but what it came of.
    static Baggage of(Lineage lineage, boolean secondFactor) {
      return new Baggage(
          SessionPolicies.NONE,
          SessionTags.NONE,
          Optional.empty(),
          Optional.empty(),
          lineage,
          secondFactor);
    }
  }

  /// A session that begins at a whole second.
  Session create(Holder holder, Lifetime lifetime, Baggage baggage) {
    NewAccessKey key = NewAccessKey.create(UniqueId.Kind.ASIA, holder.account(), random);
    Instant issued = lifetime.start().truncatedTo(ChronoUnit.SECONDS);
    return new Session(
        key.id(),
        key.secret(),
        holder,
        issued,
        issued.plus(lifetime.length()),
        baggage.policies(),
        baggage.tags(),
        baggage.sourceIdentity(),
        baggage.webIdentity(),
        baggage.lineage(),
        baggage.secondFactor());
  }

  /// How full the session is, in percent.
  ///
  /// @throws Refusal when it is more than full
  static int requireToFit(Session session) {
    int packed = PackedSize.percent(session);
    if (packed > 100) {
      throw new Refusal(new PackedPolicyTooLarge(packed));
    }
    return packed;
  }

  /// The credentials as the client gets them.
  Credentials seal(Session session) {
    return Credentials.builder()
        .accessKeyId(session.accessKeyId().text())
        .secretAccessKey(session.secret().reveal())
        .sessionToken(tokens.seal(session))
        .expiration(session.expiry())
        .build();
  }
}
