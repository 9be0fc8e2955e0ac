package io.cpdevents.platform.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentProofTest {

  private final RecentProof recentProof = new RecentProof(new SystemTime());

  @Test
  void a_proof_is_recent_for_five_minutes() {
    recentProof.require(provedAt(Instant.now()));
    recentProof.require(provedAt(Instant.now().minusSeconds(290)));
  }

  @Test
  void an_older_one_and_none_at_all_are_refused() {
    assertRefused(provedAt(Instant.now().minusSeconds(301)));
    assertRefused(provedAt(null));
  }

  private void assertRefused(Caller caller) {
    assertThatThrownBy(() -> recentProof.require(caller))
        .isInstanceOf(RuleViolation.class)
        .extracting(refusal -> ((RuleViolation) refusal).code())
        .isEqualTo("step-up-required");
  }

  private static Caller provedAt(@Nullable Instant time) {
    return new Caller(UUID.randomUUID(), UUID.randomUUID(), Set.of(), Map.of(), time);
  }
}
