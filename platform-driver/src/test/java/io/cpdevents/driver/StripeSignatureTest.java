package io.cpdevents.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StripeSignatureTest {

  @Test
  void the_signature_is_of_the_time_and_the_body() {
    assertThat(
            StripeSignature.of(
                "whsec_test", Instant.parse("2026-01-01T00:00:00Z"), "{\"id\":\"evt_1\"}"))
        .isEqualTo(
            "t=1767225600,v1=45b40331de0325606dc5400202ade162460fbe48daf9401adfdcd0d7b4f35470");
  }
}
