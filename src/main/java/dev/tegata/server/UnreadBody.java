package dev.tegata.server;

import dev.tegata.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/// What a client has still to send when its answer is known: the body of an upload that is refused,
/// the rest of a form that is too long.
///
/// A connection that is closed while bytes come in is reset, and a client that learns of the reset
/// first never reads its answer. So the rest is read and thrown away after the answer, for as long
/// as [#PATIENCE]. A long rest is not asked for: the answer then says that the connection ends, at
/// which clients that listen while they send stop.
///
/// A client that waits for `100 Continue` before it sends is not told to; it has nothing to
/// discard.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9112#section-9.6>
record UnreadBody(Request request, boolean isLong) {
  /// How long a client may go on to send what nobody reads.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /// A rest that costs less than a new connection.
  private static final int SHORT_BYTES = 64 * 1024;

  private static final int MAX_CHUNKS = 16;

  /// What is unread of `request` when it gets `answer`. Answers other than refusals may take in the
  /// body while they are sent; of a refusal it is known before.
  static UnreadBody of(Request request, HttpResponse answer) {
    boolean refused = answer.status() >= 300;
    boolean mayBeLong = request.getLength() < 0 || request.getLength() > SHORT_BYTES;
    return new UnreadBody(request, refused && mayBeLong && !endsHere(request));
  }

  /// `answer`, which says that the connection ends if it does.
  HttpResponse announcedIn(HttpResponse answer) {
    return isLong ? answer.with("Connection", "close") : answer;
  }

  /// Throws the rest away, once the answer has been sent, and then ends the exchange.
  void endExchange(Callback callback) {
    try {
      if (!isWaiting() && !endsHere(request)) {
        discard();
      }
    } catch (IOException e) {
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  private void discard() throws IOException {
    byte[] buffer = new byte[SHORT_BYTES];
    long start = System.nanoTime();
    InputStream body = Content.Source.asInputStream(request);
    while (body.read(buffer) >= 0) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException("the client goes on to send what nobody reads");
      }
    }
  }

  /// Whether the client has asked to be told when to send, and has not been told.
  private boolean isWaiting() {
    return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())
        && Request.getContentBytesRead(request) == 0;
  }

  /// Whether what has come in so far is all of the body.
  private static boolean endsHere(Request request) {
    for (int i = 0; i < MAX_CHUNKS; i++) {
      Content.Chunk chunk = request.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return false;
      }
      chunk.release();
      if (chunk.isLast()) {
        return true;
      }
    }
    return false;
  }
}
