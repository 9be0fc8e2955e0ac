package io.cpdevents.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.junit.jupiter.api.Test;

class CountedChannelTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final CountedChannel channel = new CountedChannel(new SocketBufferHandler(16, 16, false));

  @Test
  void an_answer_must_be_taken_at_a_least_rate_after_a_start() {
    assertThat(CountedChannel.isTooSlow(CountedChannel.MAX_START_TIME, 0)).isFalse();
    assertThat(CountedChannel.isTooSlow(CountedChannel.MAX_START_TIME.plusSeconds(10), 40_959))
        .isTrue();
    assertThat(CountedChannel.isTooSlow(CountedChannel.MAX_START_TIME.plusSeconds(10), 40_960))
        .isFalse();
  }

  @Test
  void time_counts_from_when_the_caller_was_first_waited_for() {
    long begun = Long.MAX_VALUE - SECOND;

    assertThat(channel.isTakenTooSlowly(true, begun)).isFalse();
    assertThat(channel.isTakenTooSlowly(true, begun + 14 * SECOND)).isFalse();
    assertThat(channel.isTakenTooSlowly(true, begun + 16 * SECOND)).isTrue();

    assertThat(channel.isTakenTooSlowly(false, begun + 17 * SECOND)).isFalse();
    assertThat(channel.isTakenTooSlowly(true, begun + 18 * SECOND)).isFalse();
    assertThat(channel.isTakenTooSlowly(true, begun + 30 * SECOND)).isFalse();
  }
}
