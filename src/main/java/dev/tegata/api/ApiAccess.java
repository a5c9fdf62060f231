package dev.tegata.api;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.Operation;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.Caller;
import dev.tegata.authorization.Authorization;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.Refusal;
import dev.tegata.store.Account;
import dev.tegata.store.IdentityStore;

/// Who decides on a call and who is told of it; `region` is the one that answers.
public record ApiAccess(
    IdentityStore identities, Authorization authorization, AuditLog audit, String region) {

  AuthorizedCall call(Caller caller, Source source) {
    return new AuthorizedCall(caller, source, region, authorization, audit);
  }

  /// Lets a call go on that is about the whole server, such as its issuer or its accounts: only if
  /// the account that manages the server allows it to one of its own.
  ///
  /// @throws Refusal when it does not
  void requireManaging(AuthorizedCall call, Access access) {
    requireManager(call, access);
    call.require(access);
  }

  /// Lets nobody go on but callers of the account that manages the server, whatever policies say.
  ///
  /// @throws Refusal when the caller of `call` is of another one
  void requireManager(AuthorizedCall call, Access access) {
    if (identities.now().account(call.account()).filter(Account::manages).isEmpty()) {
      throw call.refused(
          access,
          new AccessDenied(call.refusal(access) + " because only the server's first account may"),
          "account " + call.account() + " does not manage this server");
    }
  }

  /// Records that nobody is known to have asked, since the credentials were not good; `accessKeyId`
  /// is the one that was claimed, and empty where none was.
  void refused(Source source, String accessKeyId, Refused outcome) {
    audit.record(
        new SignatureRefused(source, new Operation("tegata", "", region), accessKeyId, outcome));
  }

  /// A resource of Tegata's in the account of the caller.
  Arn resource(Caller caller, String resource) {
    return Arn.tegata(region, caller.account(), resource);
  }
}
