package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.BodyRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/** The caller's body on its way to a service: never held as a whole, never changed, counted. */
final class RequestBody extends AbstractHttpEntity {

  private static final int BUFFER_BYTES = 8 * 1024;

  private final HttpServletRequest request;
  private final long lengthBytes;
  private final int limitBytes;

  private RequestBody(HttpServletRequest request, long lengthBytes, int limitBytes) {
    super((ContentType) null, null, lengthBytes < 0);
    this.request = request;
    this.lengthBytes = lengthBytes;
    this.limitBytes = limitBytes;
  }

  /**
   * The body; null when the request has none.
   *
   * @throws Refusal 413 when it says itself that it is too large
   */
  static @Nullable RequestBody of(HttpServletRequest request, int limitBytes) {
    long lengthBytes = request.getContentLengthLong();
    if (lengthBytes > limitBytes) {
      throw Refusal.bodyTooLarge();
    }
    boolean chunked = request.getHeader("Transfer-Encoding") != null;
    return lengthBytes > 0 || chunked ? new RequestBody(request, lengthBytes, limitBytes) : null;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    int bufferBytes = lengthBytes > 0 ? (int) Math.min(lengthBytes, BUFFER_BYTES) : BUFFER_BYTES;
    byte[] buffer = new byte[bufferBytes];
    InputStream in = request.getInputStream();
    long copied = 0;
    for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
      copied += read;
      if (copied > limitBytes) {
        throw new BodyRefused(Refusal.bodyTooLarge());
      }
      out.write(buffer, 0, read);
    }
    if (lengthBytes >= 0 && copied < lengthBytes) {
      throw new BodyRefused(Refusal.malformed("The body is shorter than it says."));
    }
  }

  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      BodyRefused refused = new BodyRefused(Refusal.malformed("The body cannot be read."));
      refused.initCause(e);
      throw refused;
    }
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public InputStream getContent() throws IOException {
    return request.getInputStream();
  }

  @Override
  public long getContentLength() {
    return lengthBytes;
  }

  @Override
  public void close() {}
}
