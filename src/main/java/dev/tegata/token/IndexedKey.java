package dev.tegata.token;

import java.security.PublicKey;

/// A key of a set, or why it cannot be used.
sealed interface IndexedKey {

  record Usable(PublicKey key, KeyType type) implements IndexedKey {}

  record Unusable(String why) implements IndexedKey {}
}
