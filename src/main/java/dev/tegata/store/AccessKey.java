package dev.tegata.store;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import java.time.Instant;

/// A long-term access key and its sealed secret. `owner` is whom it speaks for: an account's root.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html>
public record AccessKey(UniqueId id, Arn owner, Sealed secret, Instant created) {}
