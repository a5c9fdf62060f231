package dev.tegata.provisioning;

import dev.tegata.arn.AccountId;
import dev.tegata.iam.Iam;
import dev.tegata.objects.BucketStore;
import dev.tegata.store.IdentityStore;

/// What of an account can be filled from a file: its IAM and its buckets.
public record Cloud(AccountId account, IdentityStore identities, Iam iam, BucketStore buckets) {}
