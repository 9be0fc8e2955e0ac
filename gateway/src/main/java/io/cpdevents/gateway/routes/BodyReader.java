package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.callers.Held;
import io.cpdevents.gateway.callers.MemoryForBodies;
import io.cpdevents.gateway.connections.Arrival;
import io.cpdevents.gateway.connections.Arrivals;
import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * Reads a request's body whole, before the request takes any place at a service: a caller that
 * sends it slowly keeps nobody out. It has a deadline, and after a start it must arrive at a least
 * rate on average.
 */
@Component
class BodyReader {

  /** Any body may take so long. */
  private static final Duration MIN_DEADLINE = Duration.ofSeconds(30);

  /**
   * A route's largest body may take as long as it needs at this rate, of a slow home connection.
   */
  private static final int DEADLINE_BYTES_PER_SECOND = 32 * 1024;

  /** Longer than a phone needs to change its cell. */
  static final Duration MAX_START_TIME = Duration.ofSeconds(3);

  /** Much less than a bad mobile connection has; a large body has the deadline besides. */
  static final int MIN_BYTES_PER_SECOND = 4 * 1024;

  private static final int STEP_BYTES = 8 * 1024;

  private final MemoryForBodies memory;
  private final BiFunction<HttpServletRequest, Arrival.Pace, Arrival> arrivals;
  private final Counter tooSlow;

  @Autowired
  BodyReader(MemoryForBodies memory, Arrivals arrivals, MeterRegistry meters) {
    this(memory, arrivals::begin, meters);
  }

  BodyReader(
      MemoryForBodies memory,
      BiFunction<HttpServletRequest, Arrival.Pace, Arrival> arrivals,
      MeterRegistry meters) {
    this.memory = memory;
    this.arrivals = arrivals;
    this.tooSlow =
        Counter.builder("cpd.gateway.slow.callers")
            .tag("part", "body")
            .description("Requests that were given up because this part took too long to arrive")
            .register(meters);
  }

  /**
   * What was read, and the memory that it takes until it is closed.
   *
   * @param content from its beginning, each time that it is asked for
   */
  record Body(Supplier<InputStream> content, Held held) implements AutoCloseable {

    @Override
    public void close() {
      held.close();
    }
  }

  /**
   * Reads the body.
   *
   * @throws Refusal 413 {@code body-too-large}, 408 {@code body-too-slow}, 400 {@code
   *     malformed-request} when it breaks off, 503 {@code service-unavailable} and 429 {@code
   *     too-many-requests} when the memory for large bodies is taken
   */
  Body read(HttpServletRequest request, int limitBytes) {
    long announced = request.getContentLengthLong();
    if (announced > limitBytes) {
      throw Refusal.bodyTooLarge();
    }
    if (announced == 0 || (announced < 0 && request.getHeader("Transfer-Encoding") == null)) {
      return new Body(InputStream::nullInputStream, Held.NOTHING);
    }
    MemoryForBodies.Taken taken = memory.of(request.getRemoteAddr());
    boolean isRead = false;
    try {
      FastByteArrayOutputStream bytes = read(request, limitBytes, taken);
      isRead = true;
      return new Body(bytes::getInputStream, taken);
    } finally {
      if (!isRead) {
        taken.close();
      }
    }
  }

  /** How long a body may take in all. */
  static Duration deadline(int limitBytes) {
    Duration atLeastRate = Duration.ofSeconds(limitBytes / DEADLINE_BYTES_PER_SECOND);
    return atLeastRate.compareTo(MIN_DEADLINE) > 0 ? atLeastRate : MIN_DEADLINE;
  }

  private FastByteArrayOutputStream read(
      HttpServletRequest request, int limitBytes, MemoryForBodies.Taken taken) {
    // It grows by further blocks, without copying.
    FastByteArrayOutputStream bytes = new FastByteArrayOutputStream(STEP_BYTES);
    byte[] step = new byte[STEP_BYTES];
    Arrival.Pace pace =
        new Arrival.Pace(deadline(limitBytes), MAX_START_TIME, MIN_BYTES_PER_SECOND);
    try (Arrival arrival = arrivals.apply(request, pace)) {
      InputStream body = request.getInputStream();
      for (int read = body.read(step); read >= 0; read = body.read(step)) {
        if (bytes.size() + read > limitBytes) {
          throw Refusal.bodyTooLarge();
        }
        taken.growTo(bytes.size() + read);
        bytes.write(step, 0, read);
        arrival.add(read);
        if (arrival.isTooSlow()) {
          throw givenUp();
        }
      }
    } catch (SocketTimeoutException e) {
      throw givenUp();
    } catch (IOException e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        throw givenUp();
      }
      throw Refusal.malformed("The body cannot be read completely.");
    }
    return bytes;
  }

  private Refusal givenUp() {
    tooSlow.increment();
    return Refusal.bodyTooSlow();
  }
}
