package dev.tegata.api;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.federation.GivenRetrieval;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.providers.KeyRetrievals;
import dev.tegata.store.OidcProvider.KeyRetrieval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// How the keys of a provider's issuer are come by: `GET` and `PUT
/// providers/key-retrieval?arn=ARN`.
///
/// The members are those of a template's metadata; one that is left out is AWS's way.
public final class KeyRetrievalApi {
  private static final String JWK_SET = "jwkSet";
  private static final String AUTHORITIES = "certificateAuthorities";
  private static final String PRIVATE = "privateAddresses";

  private final KeyRetrievals retrievals;

  public KeyRetrievalApi(KeyRetrievals retrievals) {
    this.retrievals = retrievals;
  }

  HttpResponse answer(ApiCall call) {
    HttpRequest request = call.signed().request();
    return switch (request.method()) {
      case "GET" -> ApiCall.answer(200, shown(retrievals.get(arn(request), call.call())));
      case "PUT" -> put(call, arn(request));
      default -> throw SignedApi.unknown(request);
    };
  }

  private static String arn(HttpRequest request) {
    try {
      return Query.parse(request.rawQuery())
          .first("arn")
          .orElseThrow(() -> ApiCall.invalid("the query names the provider: `?arn=ARN`"));
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid(String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse put(ApiCall call, String arn) {
    KeyRetrieval retrieval = read(call);
    if (retrieval.privateAddresses()) {
      requireManager(call, arn);
    }
    retrievals.put(arn, retrieval, call.call());
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put("arn", arn);
    parameters.put(JWK_SET, retrieval.jwkSet() == null ? "none" : "given");
    parameters.put(AUTHORITIES, Integer.toString(retrieval.certificateAuthorities().size()));
    parameters.put(PRIVATE, Boolean.toString(retrieval.privateAddresses()));
    call.record(
        new Changed(
            call.call().source(), call.call().caller().arn(), "PutKeyRetrieval", parameters));
    return ApiCall.answer(200, shown(retrieval));
  }

  /// The private network is the server's and not an account's.
  private static void requireManager(ApiCall call, String arn) {
    try {
      call.access()
          .requireManager(call.call(), new Access("tegata:PutKeyRetrieval", Arn.parse(arn)));
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid(String.valueOf(e.getMessage()));
    }
  }

  /// @throws Refusal when the body is not what it should be
  private static KeyRetrieval read(ApiCall call) {
    BodyMembers body = new BodyMembers(call.json());
    Optional<String> jwkSet =
        body.member(JWK_SET)
            .map(value -> {
              if (value instanceof JsonObject set) {
                return set.toJson();
              }
              throw ApiCall.invalid("`" + JWK_SET + "` is an object, not " + value.toJson());
            });
    List<String> authorities = texts(body);
    boolean isPrivate = body.flag(PRIVATE);
    body.requireAllRead();
    try {
      return GivenRetrieval.of(jwkSet, authorities, isPrivate);
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> texts(BodyMembers body) {
    List<String> texts = new ArrayList<>();
    JsonValue value = body.member(AUTHORITIES).orElse(new JsonArray(List.of()));
    if (!(value instanceof JsonArray(var items))) {
      throw ApiCall.invalid("`" + AUTHORITIES + "` is a list, not " + value.toJson());
    }
    for (JsonValue item : items) {
      if (!(item instanceof JsonString(var text))) {
        throw ApiCall.invalid("`" + AUTHORITIES + "` holds texts, not " + item.toJson());
      }
      texts.add(text);
    }
    return texts;
  }

  private static JsonObject shown(KeyRetrieval retrieval) {
    JsonObject.Builder json = JsonObject.builder();
    String jwkSet = retrieval.jwkSet();
    if (jwkSet != null) {
      json.put(JWK_SET, JsonObject.parse(jwkSet));
    }
    List<JsonValue> authorities =
        retrieval.certificateAuthorities().stream().<JsonValue>map(JsonString::new).toList();
    return json.put(AUTHORITIES, new JsonArray(authorities))
        .put(PRIVATE, new JsonBoolean(retrieval.privateAddresses()))
        .build();
  }
}
