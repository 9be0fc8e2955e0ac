package io.cpdevents.payout.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferReversalTest {

  private static final Instant SOON = Instant.parse("2026-11-01T12:05:00Z");
  private static final UUID PAYOUT = UUID.randomUUID();

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private final TransferReversal sent = TransferReversal.sent(PAYOUT, 500, NOW, NOW, SOON);
  private final TransferReversal made = sent.made("trr_1").orElseThrow();
  private final TransferReversal refused = sent.refused("account_invalid").orElseThrow();

  @Test
  void the_diagram_is_the_table() {
    HouseDocs.assertDiagram(
        TransferReversalStatus.TRANSITIONS.name(), TransferReversalStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void it_is_sent_again_until_stripe_answers() {
    Instant later = SOON.plusSeconds(300);

    assertThat(sent.sentAgain(SOON, later).orElseThrow())
        .isEqualTo(TransferReversal.sent(PAYOUT, 500, NOW, NOW, later));
    assertThat(made.sentAgain(SOON, later)).isEmpty();
    assertThat(refused.sentAgain(SOON, later)).isEmpty();
    assertThat(TransferReversal.ofNothing(PAYOUT, NOW, NOW).sentAgain(SOON, later)).isEmpty();
  }

  @Test
  void a_key_that_stripe_has_not_answered_for_long_is_left_behind() {
    Instant later = NOW.plusSeconds(601);

    TransferReversal again = sent.sentAgain(later, later.plusSeconds(300)).orElseThrow();

    assertThat(sent.idempotencyKey()).isEqualTo("reversal:" + PAYOUT + ":1");
    assertThat(again.idempotencyKey()).isEqualTo("reversal:" + PAYOUT + ":2");
    assertThat(again.requestedAt()).isEqualTo(NOW);
    assertThat(again.sentAgain(later.plusSeconds(300), SOON).orElseThrow().idempotencyKey())
        .isEqualTo("reversal:" + PAYOUT + ":2");
  }

  @Test
  void an_answer_that_comes_twice_changes_nothing() {
    assertThat(made.progress().stripeId()).isEqualTo("trr_1");
    assertThat(made.progress().nextTryAt()).isNull();
    assertThat(made.made("trr_1")).isEmpty();
    assertThat(refused.progress().refusedBecause()).isEqualTo("account_invalid");
    assertThat(refused.refused("account_invalid")).isEmpty();
  }

  @Test
  void an_answer_that_contradicts_the_one_before_is_refused() {
    assertThatThrownBy(() -> made.refused("account_invalid")).isInstanceOf(RuleViolation.class);
    assertThatThrownBy(() -> refused.made("trr_1")).isInstanceOf(RuleViolation.class);
  }
}
