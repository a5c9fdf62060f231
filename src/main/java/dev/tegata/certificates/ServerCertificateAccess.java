package dev.tegata.certificates;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.store.Change;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.Optional;
import java.util.function.BiFunction;

/// The server certificates of a caller's account, for a caller who may.
record ServerCertificateAccess(IdentityStore store) {

  ServerCertificate read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Lets `edit` do something with the certificate.
  <T> T change(Asked asked, BiFunction<Change, ServerCertificate, T> edit) {
    require(asked);
    return store.change(change -> edit.apply(change, find(change.now(), asked)));
  }

  /// Lets the request go on if the caller may, whether or not there is such a certificate.
  private void require(Asked asked) {
    Optional<ServerCertificate> found =
        ServerCertificate.find(store.now(), asked.call().account(), asked.name());
    ContextKeys context = new ContextKeys();
    found.ifPresent(certificate -> context.resourceTags(certificate.tags()));
    Arn arn =
        found
            .map(ServerCertificate::arn)
            .orElse(Arn.iam(asked.call().account(), "server-certificate/" + asked.name()));
    asked.call().require(new Access(asked.action(), arn, context.and(asked.context()).toMap()));
  }

  static ServerCertificate find(Identities now, Asked asked) {
    return ServerCertificate.find(now, asked.call().account(), asked.name())
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity(
                    "The Server Certificate with name " + asked.name() + " cannot be found.")));
  }
}
