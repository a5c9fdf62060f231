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

/// Who decides on a call and who is told of it; `region` is the one that answers.
public record ApiAccess(Authorization authorization, AuditLog audit, String region) {

  AuthorizedCall call(Caller caller, Source source) {
    return new AuthorizedCall(caller, source, region, authorization, audit);
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
