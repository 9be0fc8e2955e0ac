package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body is counted while it streams: never held as a whole, never changed. */
final class BoundedRequest extends HttpServletRequestWrapper {

  private final int limitBytes;

  /**
   * Bounds the body.
   *
   * @throws Refusal 413 when it says itself that it is too large
   */
  BoundedRequest(HttpServletRequest request, int limitBytes) {
    super(request);
    this.limitBytes = limitBytes;
    if (request.getContentLengthLong() > limitBytes) {
      throw Refusal.bodyTooLarge();
    }
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return new BoundedStream(super.getInputStream(), limitBytes);
  }

  /** Refuses instead of failing: what is wrong with this body is not the service's fault. */
  private static final class BoundedStream extends ServletInputStream {

    private final ServletInputStream body;
    private int leftBytes;

    BoundedStream(ServletInputStream body, int limitBytes) {
      this.body = body;
      this.leftBytes = limitBytes;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int read;
      try {
        read = body.read(buffer, offset, length);
      } catch (IOException e) {
        throw Refusal.malformed("The body cannot be read to its end.");
      }
      leftBytes -= Math.max(read, 0);
      if (leftBytes < 0) {
        throw Refusal.bodyTooLarge();
      }
      return read;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
