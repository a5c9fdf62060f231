package dev.tegata.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/// The calls that the commands make as clients.
public final class Calls {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_CHARACTERS = 1 << 20;

  private Calls() {}

  /// An answer: its status and its text.
  public record Answer(int status, String body) {}

  /// Gets `uri` with a bearer token.
  public static Answer get(URI uri, String bearer) {
    HttpGet get = new HttpGet(uri);
    get.setHeader("Authorization", "Bearer " + bearer);
    get.setHeader("Accept", "application/json");
    return execute(uri, get);
  }

  /// Posts `form`, which is encoded, to `uri`.
  public static Answer post(URI uri, String form) {
    HttpPost post = new HttpPost(uri);
    post.setEntity(
        new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED.withCharset(UTF_8)));
    return execute(uri, post);
  }

  /// Sends `signed`, whose body is `body`, to the server at `endpoint`.
  public static Answer send(URI endpoint, HttpRequest signed, String body) {
    URI uri = endpoint.resolve(signed.rawPath());
    HttpUriRequestBase request = new HttpUriRequestBase(signed.method(), uri);
    for (Field field : signed.headers().fields()) {
      if (!field.name().equalsIgnoreCase("Host")) {
        request.addHeader(field.name(), field.value());
      }
    }
    if (!body.isEmpty()) {
      request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    }
    return execute(uri, request);
  }

  static Answer execute(URI uri, ClassicHttpRequest request) {
    RequestConfig config = RequestConfig.custom().setResponseTimeout(Timeout.of(TIMEOUT)).build();
    try (CloseableHttpClient client =
        HttpClients.custom()
            .useSystemProperties()
            .setDefaultRequestConfig(config)
            .disableCookieManagement()
            .setUserAgent("tegata")
            .build()) {
      return client.execute(
          request,
          response ->
              new Answer(
                  response.getCode(),
                  response.getEntity() == null
                      ? ""
                      : EntityUtils.toString(response.getEntity(), UTF_8, MAX_CHARACTERS)));
    } catch (IOException e) {
      throw new FailedCall(
          "%s cannot be reached: %s".formatted(uri.getAuthority(), e.getMessage()));
    }
  }
}
