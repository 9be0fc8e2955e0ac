package io.cpdevents.gateway.upstream;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A service's answer; its body is read while it is open. */
public record UpstreamAnswer(ClassicHttpResponse response) implements Closeable {

  /** The HTTP status. */
  public int status() {
    return response.getCode();
  }

  /** Gives the connection back. */
  @Override
  public void close() throws IOException {
    response.close();
  }
}
