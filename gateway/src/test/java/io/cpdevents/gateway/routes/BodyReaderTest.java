package io.cpdevents.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.callers.MemoryForBodies;
import io.cpdevents.gateway.connections.Arrival;
import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BodyReaderTest {

  private static final int LIMIT_BYTES = Route.MAX_UPLOAD_BODY_BYTES;

  private long nowNanos;

  private final BodyReader reader =
      new BodyReader(
          new MemoryForBodies(),
          (_, pace) -> new Arrival(pace, () -> nowNanos, () -> {}),
          new SimpleMeterRegistry());

  @Test
  void a_byte_at_a_time_is_given_up_soon_after_the_start() {
    Refusal refused = refusalOf(new Trickle(1_000, 1, Duration.ofSeconds(1)));

    assertThat(refused.code()).isEqualTo("body-too-slow");
    assertThat(Duration.ofNanos(nowNanos)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void a_caller_that_pauses_at_the_start_is_waited_for() throws IOException {
    assertThat(bytesOf(new Trickle(100, 50, Duration.ofSeconds(1)))).hasSize(100);
  }

  @Test
  void a_bad_connection_is_served() throws IOException {
    int bytesOfStep = 2 * BodyReader.MIN_BYTES_PER_SECOND;

    assertThat(bytesOf(new Trickle(20 * bytesOfStep, bytesOfStep, Duration.ofSeconds(1))))
        .hasSize(20 * bytesOfStep);
  }

  @Test
  void no_body_may_take_longer_than_its_deadline() {
    int bytesOfStep = 2 * BodyReader.MIN_BYTES_PER_SECOND;

    Refusal refused =
        refusalOf(new Trickle(1_000 * bytesOfStep, bytesOfStep, Duration.ofSeconds(1)));

    assertThat(refused.code()).isEqualTo("body-too-slow");
    assertThat(Duration.ofNanos(nowNanos))
        .isBetween(
            BodyReader.deadline(LIMIT_BYTES), BodyReader.deadline(LIMIT_BYTES).plusSeconds(1));
  }

  private BodyReader.Body read(Trickle body) {
    return reader.read(request(body), LIMIT_BYTES);
  }

  private byte[] bytesOf(Trickle body) throws IOException {
    try (BodyReader.Body arrived = read(body)) {
      byte[] bytes = arrived.content().get().readAllBytes();
      assertThat(arrived.content().get().readAllBytes()).as("once more").isEqualTo(bytes);
      return bytes;
    }
  }

  @Test
  void evidence_of_five_megabytes_arrives_over_a_slow_home_connection() throws IOException {
    int bytes = 5 * 1024 * 1024;

    assertThat(bytesOf(new Trickle(bytes, 8 * 1024, Duration.ofMillis(200)))).hasSize(bytes);
  }

  private Refusal refusalOf(Trickle body) {
    return catchThrowableOfType(Refusal.class, () -> read(body).close());
  }

  private static MockHttpServletRequest request(Trickle body) {
    MockHttpServletRequest request =
        new MockHttpServletRequest() {
          @Override
          public ServletInputStream getInputStream() {
            return body;
          }
        };
    request.addHeader("Transfer-Encoding", "chunked");
    return request;
  }

  /** Gives so many bytes at a time, each time after a pause. */
  private final class Trickle extends ServletInputStream {

    private final int bytesOfStep;
    private final Duration pause;
    private int leftBytes;

    Trickle(int bytes, int bytesOfStep, Duration pause) {
      this.leftBytes = bytes;
      this.bytesOfStep = bytesOfStep;
      this.pause = pause;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (leftBytes == 0) {
        return -1;
      }
      nowNanos += pause.toNanos();
      int read = Math.min(Math.min(bytesOfStep, length), leftBytes);
      leftBytes -= read;
      return read;
    }

    @Override
    public int read() {
      return read(new byte[1], 0, 1);
    }

    @Override
    public boolean isFinished() {
      return leftBytes == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
