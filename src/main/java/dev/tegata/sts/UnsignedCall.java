package dev.tegata.sts;

import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditLog;

/// A call that nobody signed: a token in it may speak for itself. What comes of that goes to
/// `audit`.
public record UnsignedCall(Source source, AuditLog audit) {}
