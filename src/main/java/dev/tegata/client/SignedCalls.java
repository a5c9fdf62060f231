package dev.tegata.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.RequestSigner;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/// Calls of Tegata's own interface, signed with Signature Version 4.
public record SignedCalls(URI endpoint, RequestSigner signer) {

  /// Sends `json`, which may be empty, to `path`, which begins with `/` and may have a query.
  public Calls.Answer send(String method, String path, String json, Instant now) {
    URI uri = endpoint.resolve(path);
    HttpRequest request =
        new HttpRequest(
            method,
            uri.getRawPath(),
            Optional.ofNullable(uri.getRawQuery()).orElse(""),
            Headers.of("Host", uri.getRawAuthority()),
            new ByteArrayInputStream(new byte[0]),
            "",
            "https".equals(uri.getScheme()));
    HttpRequest signed = signer.sign(request, Hashed.of(json.getBytes(UTF_8)), now);
    HttpUriRequestBase call = new HttpUriRequestBase(method, uri);
    for (Headers.Field field : signed.headers().fields()) {
      if (!field.name().equals("Host")) {
        call.setHeader(field.name(), field.value());
      }
    }
    if (!json.isEmpty()) {
      call.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    }
    return Calls.execute(uri, call);
  }
}
