package dev.tegata.objects;

import dev.tegata.arn.AccountId;
import java.time.Instant;

/// A bucket: its name, which no other bucket of any account has, its owner, where and since when.
public record Bucket(String name, AccountId account, String region, Instant createdAt) {}
