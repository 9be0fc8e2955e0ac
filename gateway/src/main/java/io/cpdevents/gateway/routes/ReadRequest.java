package io.cpdevents.gateway.routes;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** A request whose body has arrived whole. */
final class ReadRequest extends HttpServletRequestWrapper {

  private final Supplier<InputStream> body;

  /**
   * With a body that may be read again.
   *
   * @param body from its beginning, each time
   */
  ReadRequest(HttpServletRequest request, Supplier<InputStream> body) {
    super(request);
    this.body = body;
  }

  /** From the beginning each time: what found no connection is sent once more. */
  @Override
  public ServletInputStream getInputStream() {
    return new Bytes(body.get());
  }

  /** The body as the library reads it. */
  private static final class Bytes extends ServletInputStream {

    private final InputStream bytes;

    Bytes(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return bytes.read(buffer, offset, length);
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public boolean isFinished() {
      try {
        return bytes.available() == 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the gateway reads in the thread of the request");
    }
  }
}
