package io.cpdevents.gateway.filter;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * What is left of a body that nobody has read, because its request was refused. It is read, so that
 * its sender receives the refusal and not a connection reset, but only as long as it comes at a
 * decent rate: Tomcat would read on for as long as a byte comes every few seconds.
 */
final class RestOfBody {

  private static final Duration MAX_TIME = Duration.ofSeconds(10);
  private static final Duration MAX_START_TIME = Duration.ofSeconds(2);
  private static final int MIN_BYTES_PER_SECOND = 32 * 1024;
  private static final int MAX_BYTES = 32 * 1024 * 1024;
  private static final int MAX_SMALL_BYTES = 64 * 1024;
  private static final int STEP_BYTES = 8 * 1024;

  private RestOfBody() {}

  /** Whether something of it may not have been read. */
  static boolean isThere(HttpServletRequest request) throws IOException {
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return hasBody && !request.getInputStream().isFinished();
  }

  /**
   * Takes what has come already, without waiting; false when that is not all. Of a body in chunks
   * not even what has come can be told without waiting.
   */
  static boolean hasArrived(HttpServletRequest request) throws IOException {
    if (!isSmall(request)) {
      return false;
    }
    ServletInputStream body = request.getInputStream();
    for (int there = body.available(); there > 0; there = body.available()) {
      body.skipNBytes(there);
    }
    return body.isFinished();
  }

  /** Whether its announced length is so little that a sender has sent it at once. */
  static boolean isSmall(HttpServletRequest request) {
    long bytes = request.getContentLengthLong();
    return bytes >= 0 && bytes <= MAX_SMALL_BYTES;
  }

  /** Reads it to its end; false when that takes too long, or there is too much of it. */
  static boolean arrives(ServletInputStream body) {
    long begunNanos = System.nanoTime();
    byte[] step = new byte[STEP_BYTES];
    long bytes = 0;
    try {
      for (int read = body.read(step); read >= 0; read = body.read(step)) {
        bytes += read;
        Duration sinceBegun = Duration.ofNanos(System.nanoTime() - begunNanos);
        long measuredMillis = sinceBegun.minus(MAX_START_TIME).toMillis();
        if (bytes > MAX_BYTES
            || sinceBegun.compareTo(MAX_TIME) > 0
            || (measuredMillis > 0 && bytes < measuredMillis * MIN_BYTES_PER_SECOND / 1000)) {
          return false;
        }
      }
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
