package io.cpdevents.registration.disputes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DisputeTest {

  private static final Instant OPENED_AT = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant LATER = OPENED_AT.plusSeconds(86_400);

  @Test
  void a_bank_asks_or_takes_the_money() {
    assertThat(dispute(true).status()).isEqualTo(DisputeStatus.INQUIRY);
    assertThat(dispute(false).status()).isEqualTo(DisputeStatus.OPEN);
  }

  @Test
  void an_inquiry_that_becomes_a_dispute_may_be_about_more_than_it_was() {
    Dispute escalated = dispute(true).escalate(true, LATER).orElseThrow();
    assertThat(escalated.status()).isEqualTo(DisputeStatus.OPEN);
    assertThat(escalated.wholePayment()).isTrue();
    assertThat(escalated.openedAt()).isEqualTo(OPENED_AT);
    assertThat(escalated.changedAt()).isEqualTo(LATER);
    assertThat(escalated.escalate(true, LATER)).isEmpty();
  }

  @Test
  void a_dispute_is_lost_or_over_and_a_repeated_end_changes_nothing() {
    Dispute lost = dispute(false).close(true, LATER).orElseThrow();
    assertThat(lost.status()).isEqualTo(DisputeStatus.LOST);
    assertThat(lost.close(true, LATER)).isEmpty();
    Dispute over = dispute(false).close(false, LATER).orElseThrow();
    assertThat(over.status()).isEqualTo(DisputeStatus.OVER);
    assertThat(over.close(false, LATER)).isEmpty();
  }

  @Test
  void a_bank_may_change_its_mind() {
    Dispute lost = dispute(false).close(true, LATER).orElseThrow();
    Dispute won = lost.close(false, LATER).orElseThrow();
    assertThat(won.status()).isEqualTo(DisputeStatus.OVER);
    assertThat(won.close(true, LATER).orElseThrow().status()).isEqualTo(DisputeStatus.LOST);
    assertThat(won.escalate(true, LATER).orElseThrow().status()).isEqualTo(DisputeStatus.OPEN);
    assertThat(lost.escalate(true, LATER)).isEmpty();
  }

  private static Dispute dispute(boolean inquiry) {
    return Dispute.opened(
        new FollowDispute.Opened(Ids.next(), Ids.next(), Ids.next(), inquiry, false), OPENED_AT);
  }
}
