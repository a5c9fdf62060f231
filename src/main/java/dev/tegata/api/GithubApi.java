package dev.tegata.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.api.GithubError.AlreadyExists;
import dev.tegata.api.GithubError.BadCredentials;
import dev.tegata.api.GithubError.BodyTooLarge;
import dev.tegata.api.GithubError.Forbidden;
import dev.tegata.api.GithubError.NotFound;
import dev.tegata.api.GithubError.ProblemsParsingJson;
import dev.tegata.api.GithubError.RequiresAuthentication;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authentication.ApiTokens;
import dev.tegata.authentication.ApiTokens.Holder;
import dev.tegata.authentication.ApiTokens.Holder.Nobody;
import dev.tegata.authentication.ApiTokens.Holder.Somebody;
import dev.tegata.authentication.Caller;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.Refusal;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.issuer.Customizations.Kind;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// GitHub's endpoints that customize ID tokens, for GitHub's own clients.
///
/// They come with an API token in place of GitHub's. What they may do is decided by policies, with
/// the actions `tegata:GetOidcCustomization` and `tegata:PutOidcCustomization`.
///
/// Source: <https://docs.github.com/en/rest/actions/oidc>
public final class GithubApi {
  /// The API's base: the paths of GitHub's documentation come after it.
  public static final String PATH = SignedApi.PATH + "v3/";

  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final Pattern BEARER =
      Pattern.compile("(?:bearer|token) +(\\S+) *", Pattern.CASE_INSENSITIVE);
  private static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9_$#-]{1,75}");
  private static final String PROPERTY_NAME = "custom_property_name";
  private static final String INCLUDE_SLUG = "include_enterprise_slug";

  private final ApiTokens tokens;
  private final ApiAccess access;
  private final SubjectApi subjects;

  public GithubApi(ApiTokens tokens, ApiAccess access, SubjectApi subjects) {
    this.tokens = tokens;
    this.access = access;
    this.subjects = subjects;
  }

  static HttpResponse answer(int status, JsonValue json) {
    return HttpResponse.text(status, ApiCall.JSON, json.toJson());
  }

  static HttpResponse noContent() {
    return HttpResponse.empty(204, Headers.of());
  }

  /// Answers a request below [#PATH].
  public HttpResponse answer(HttpRequest request, Source source) {
    try {
      Caller caller = caller(request, source);
      GithubPath path =
          GithubPath.parse(request.rawPath().substring(PATH.length()))
              .orElseThrow(() -> new GithubRefusal(new NotFound()));
      requirePermission(caller, request, path, source);
      return switch (path.subject()) {
        case SUB -> subjects.answer(request.method(), path, body(request));
        case ISSUER -> issuer(request, path);
        case PROPERTIES -> properties(request, path);
      };
    } catch (GithubRefusal refusal) {
      return refusal.error().answer();
    }
  }

  private Caller caller(HttpRequest request, Source source) {
    Optional<String> header = request.headers().first("Authorization");
    if (header.isEmpty()) {
      throw new GithubRefusal(new RequiresAuthentication());
    }
    Matcher matcher = BEARER.matcher(header.get());
    Holder holder =
        matcher.matches()
            ? tokens.holder(matcher.group(1), source.time())
            : new Nobody("", "the authorization is not `bearer` and a token");
    return switch (holder) {
      case Somebody(var caller) -> caller;
      case Nobody(var accessKeyId, var why) -> {
        access.refused(source, accessKeyId, new Refused("BadCredentials", why));
        throw new GithubRefusal(new BadCredentials());
      }
    };
  }

  private void requirePermission(
      Caller caller, HttpRequest request, GithubPath path, Source source) {
    String action =
        request.method().equals("GET")
            ? "tegata:GetOidcCustomization"
            : "tegata:PutOidcCustomization";
    try {
      access.requireManaging(
          access.call(caller, source),
          new Access(action, access.resource(caller, path.resource())));
    } catch (Refusal refusal) {
      throw refusal.error() instanceof AccessDenied ? new GithubRefusal(new Forbidden()) : refusal;
    }
  }

  private static String body(HttpRequest request) {
    try {
      byte[] body = request.body().readNBytes(MAX_BODY_BYTES + 1);
      if (body.length > MAX_BODY_BYTES) {
        throw new GithubRefusal(new BodyTooLarge());
      }
      return new String(body, UTF_8);
    } catch (IOException e) {
      throw new GithubRefusal(new ProblemsParsingJson());
    }
  }

  private HttpResponse issuer(HttpRequest request, GithubPath path) {
    if (!request.method().equals("PUT")) {
      throw new GithubRefusal(new NotFound());
    }
    GithubBody body = new GithubBody(body(request), Set.of(INCLUDE_SLUG));
    boolean own = body.flag(INCLUDE_SLUG).orElse(false);
    subjects.customizations().setOwnIssuer(path.name(), own);
    return noContent();
  }

  private HttpResponse properties(HttpRequest request, GithubPath path) {
    return switch (request.method() + (path.property().isEmpty() ? "" : " NAME")) {
      case "GET" -> {
        List<String> names = subjects.customizations().properties(path.kind(), path.name());
        yield answer(
            200, new JsonArray(names.stream().map(it -> (JsonValue) inclusion(path, it)).toList()));
      }
      case "POST" -> add(path, new GithubBody(body(request), Set.of(PROPERTY_NAME)));
      case "DELETE NAME" -> {
        if (!subjects.customizations().removeProperty(path.kind(), path.name(), path.property())) {
          throw new GithubRefusal(new NotFound());
        }
        yield noContent();
      }
      default -> throw new GithubRefusal(new NotFound());
    };
  }

  private HttpResponse add(GithubPath path, GithubBody body) {
    String name = body.requiredText(PROPERTY_NAME);
    if (!PROPERTY.matcher(name).matches()) {
      throw GithubBody.invalid(
          "For 'properties/%s', \"%s\" does not name a custom property."
              .formatted(PROPERTY_NAME, name));
    }
    if (!subjects.customizations().addProperty(path.kind(), path.name(), name)) {
      throw new GithubRefusal(new AlreadyExists("OidcCustomPropertyInclusion", PROPERTY_NAME));
    }
    return answer(201, inclusion(path, name));
  }

  private static JsonObject inclusion(GithubPath path, String name) {
    return JsonObject.builder()
        .put(PROPERTY_NAME, name)
        .put("inclusion_source", path.kind() == Kind.ENTERPRISE ? "enterprise" : "organization")
        .build();
  }
}
