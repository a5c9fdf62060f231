package dev.tegata.api;

import dev.tegata.accounts.Accounts;
import dev.tegata.accounts.Accounts.Wanted;
import dev.tegata.accounts.NewAccount;
import dev.tegata.arn.AccountId;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.store.Account;
import dev.tegata.store.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// The accounts of the server, for the account that manages them.
///
/// `POST accounts` makes one and gives its root access key, once; `GET accounts` and `GET
/// accounts/ID` show; `POST accounts/ID/close` admits nobody of it any more, and `POST
/// accounts/ID/reopen` does again.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
public final class AccountsApi {
  private static final Pattern NAME = Pattern.compile("[ -~]{0,50}");
  private static final Pattern ROLE_NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
  private static final int PAGE = 100;

  private final Accounts accounts;

  public AccountsApi(Accounts accounts) {
    this.accounts = accounts;
  }

  /// Answers a request for `path` below `accounts`.
  HttpResponse answer(ApiCall call, String path) {
    HttpRequest request = call.signed().request();
    List<String> parts = path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
    return switch (request.method() + " " + parts.size() + last(parts)) {
      case "POST 0" -> create(call);
      case "GET 0" -> list(call, request);
      case "GET 1" -> show(call, parts.getFirst());
      case "POST 2 close" -> close(call, parts.getFirst());
      case "POST 2 reopen" -> reopen(call, parts.getFirst());
      default -> throw SignedApi.unknown(request);
    };
  }

  private static String last(List<String> parts) {
    return parts.size() < 2 ? "" : " " + parts.getLast();
  }

  private HttpResponse create(ApiCall call) {
    BodyMembers body = new BodyMembers(call.json());
    Optional<AccountId> id = body.text("id").map(AccountsApi::id);
    String name = body.text("name").orElse("");
    Optional<String> role = body.text("role_name");
    body.requireAllRead();
    if (!NAME.matcher(name).matches()) {
      throw ApiCall.invalid("`name` is at most 50 printable ASCII characters, not `" + name + "`");
    }
    role.filter(it -> !ROLE_NAME.matcher(it).matches())
        .ifPresent(it -> {
          throw ApiCall.invalid(
              "`role_name` is 1 to 64 letters, digits and any of +=,.@-_, not `" + it + "`");
        });
    call.requireManaging("tegata:CreateAccount", call.resource("account/*"));
    NewAccount made =
        accounts.create(new Wanted(id, name, role, call.call().account()), call.time());
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put("id", made.account().id().digits());
    parameters.put("name", name);
    role.ifPresent(it -> parameters.put("roleName", it));
    record(call, "CreateAccount", parameters);
    return ApiCall.answer(201, shown(made));
  }

  private static AccountId id(String text) {
    try {
      return new AccountId(text);
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid(String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse list(ApiCall call, HttpRequest request) {
    call.requireManaging("tegata:ListAccounts", call.resource("account/*"));
    String after;
    try {
      after = Query.parse(request.rawQuery()).first("after").orElse("");
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid(String.valueOf(e.getMessage()));
    }
    List<Account> page = accounts.list(after, PAGE + 1);
    List<JsonValue> shown =
        page.stream().limit(PAGE).<JsonValue>map(it -> shown(it).build()).toList();
    JsonObject.Builder json = JsonObject.builder().put("accounts", new JsonArray(shown));
    if (page.size() > PAGE) {
      json.put("after", page.get(PAGE - 1).id().digits());
    }
    return ApiCall.answer(200, json.build());
  }

  private HttpResponse show(ApiCall call, String id) {
    call.requireManaging("tegata:GetAccount", call.resource("account/" + id));
    return ApiCall.answer(200, shown(accounts.find(id(id))).build());
  }

  private HttpResponse close(ApiCall call, String id) {
    call.requireManaging("tegata:CloseAccount", call.resource("account/" + id));
    return changed(call, "CloseAccount", accounts.close(id(id), call.time()));
  }

  private HttpResponse reopen(ApiCall call, String id) {
    call.requireManaging("tegata:ReopenAccount", call.resource("account/" + id));
    return changed(call, "ReopenAccount", accounts.reopen(id(id)));
  }

  private static HttpResponse changed(ApiCall call, String name, Account account) {
    record(call, name, new LinkedHashMap<>(Map.of("id", account.id().digits())));
    return ApiCall.answer(200, shown(account).build());
  }

  private static void record(ApiCall call, String name, SequencedMap<String, String> parameters) {
    call.record(new Changed(call.call().source(), call.call().caller().arn(), name, parameters));
  }

  /// The only time that the secret is told.
  private static JsonObject shown(NewAccount made) {
    JsonObject.Builder json =
        shown(made.account())
            .put(
                "root_key",
                JsonObject.builder()
                    .put("access_key_id", made.rootKey().id().text())
                    .put("secret_access_key", made.rootKey().secret().reveal())
                    .build());
    made.role().map(Role::arn).ifPresent(arn -> json.put("role_arn", arn.toString()));
    return json.build();
  }

  /// A status has AWS's word.
  private static JsonObject.Builder shown(Account account) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("id", account.id().digits())
            .put("name", account.name())
            .put("status", account.isOpen() ? "ACTIVE" : "SUSPENDED")
            .put("manages", new JsonBoolean(account.manages()))
            .put("created_at", account.created().toString());
    account.closed().ifPresent(closed -> json.put("closed_at", closed.toString()));
    return json;
  }
}
