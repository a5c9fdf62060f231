package dev.tegata.policy;

import dev.tegata.arn.Arn;

/// What a decision is about: who asks to do what with which resource, under which circumstances.
///
/// `action` is written `service:Name`, in any case. An operation without a resource of its own is
/// about every resource of its kind, such as `arn:aws:s3:::*`.
public record Request(RequestPrincipal principal, String action, Arn resource, Context context) {}
