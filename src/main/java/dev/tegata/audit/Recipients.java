package dev.tegata.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/// Whose accounts a record is for: the caller's, and the one that has the resource, if it is
/// another. Each gets a record of its own, as CloudTrail delivers them; what they share is
/// `sharedEventID`.
///
/// The owner of the resource learns of the caller what CloudTrail tells, its account and its unique
/// id, and not the operator's sentence, which speaks of the caller's policies.
///
/// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/shared-event-ID.html>
record Recipients(String caller, String owner) {
  private static final String RECIPIENT = "recipientAccountId";

  /// The records that `record`, the caller's account's, makes; `principalId` is the unique id of
  /// the caller, empty where it is not known. `event` tells this event from each other.
  List<SequencedMap<String, Object>> records(
      SequencedMap<String, Object> record, String principalId, String event) {
    if (caller.equals(owner)) {
      return List.of(record);
    }
    String shared = id(event + " shared");
    SequencedMap<String, Object> first = new LinkedHashMap<>();
    SequencedMap<String, Object> second = new LinkedHashMap<>();
    record.forEach((name, value) -> {
      first.put(name, value);
      switch (name) {
        case "userIdentity" -> second.put(name, stranger(principalId));
        case "eventID" -> second.put(name, id(event + " " + owner));
        case RECIPIENT -> second.put(name, owner);
        case "reason" -> {}
        default -> second.put(name, value);
      }
      if (name.equals(RECIPIENT)) {
        first.put("sharedEventID", shared);
        second.put("sharedEventID", shared);
      }
    });
    return List.of(first, second);
  }

  private SequencedMap<String, Object> stranger(String principalId) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("type", "AWSAccount");
    if (!principalId.isEmpty()) {
      json.put("principalId", principalId);
    }
    json.put("accountId", caller);
    return json;
  }

  static String id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }
}
