package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body may not exceed a limit; it is counted while it streams. */
final class BoundedRequest extends HttpServletRequestWrapper {

  private final int limitBytes;

  /**
   * Limits the body.
   *
   * @throws Refusal 413 {@code body-too-large} when its {@code Content-Length} is above the limit
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

  /**
   * Throws refusals in place of I/O errors, because an error while the caller's body is read must
   * not count as a failure of the service.
   */
  private static final class BoundedStream extends ServletInputStream {

    private final ServletInputStream body;
    private int remainingBytes;

    BoundedStream(ServletInputStream body, int limitBytes) {
      this.body = body;
      this.remainingBytes = limitBytes;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int read;
      try {
        read = body.read(buffer, offset, length);
      } catch (IOException e) {
        throw Refusal.malformed("The body cannot be read completely.");
      }
      remainingBytes -= Math.max(read, 0);
      if (remainingBytes < 0) {
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
