package io.cpdevents.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongPollTest {

  @Test
  void a_call_that_waits_is_known_however_its_parameter_is_written() {
    assertThat(LongPoll.isAskedFor("registrationId=1&waitSeconds=10")).isTrue();
    assertThat(LongPoll.isAskedFor("wait%53econds=10")).isTrue();
    assertThat(LongPoll.isAskedFor("%77aitSeconds%3d10")).isTrue();
  }

  @Test
  void others_do_not_wait() {
    assertThat(LongPoll.isAskedFor("registrationId=1")).isFalse();
    assertThat(LongPoll.isAskedFor((String) null)).isFalse();
  }
}
