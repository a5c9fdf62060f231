package dev.tegata.question;

import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authorization.RequestContext;
import dev.tegata.policy.Context;
import dev.tegata.sts.WebIdentityTrust.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// When and how something would be asked: at which moment, under which session name, and with which
/// further condition keys.
public record Circumstances(Instant now, String sessionName, Map<String, List<String>> keys) {
  public Circumstances {
    keys = Map.copyOf(keys);
  }

  /// A request over TLS from an address that is not known.
  Source source() {
    return new Source(now, "question", "", "", true);
  }

  Visit visit() {
    return new Visit(source(), sessionName);
  }

  /// The further keys.
  Context more() {
    Context.Builder context = Context.builder();
    RequestContext.put(keys, context);
    return context.build();
  }
}
