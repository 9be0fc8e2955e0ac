package io.cpdevents.billing.checkouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.stripe.StripeCheckoutSession;
import io.cpdevents.platform.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckoutTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant END = NOON.plusSeconds(2_400);
  private static final String URL = "https://checkout.example/cs_1";

  private final Checkout requested =
      Checkout.requested(
          Ids.next(),
          Ids.next(),
          2,
          "http://localhost/done",
          "http://localhost/back",
          END,
          NOON.plusSeconds(15));
  private final Checkout open = requested.opened(session(URL), NOON.plusSeconds(45));
  private final Checkout complete = open.completed().orElseThrow();
  private final Checkout expired = open.expired().orElseThrow();
  private final Checkout failed = requested.refused("resource_missing").orElseThrow();

  @Test
  void an_attempt_is_claimed_by_whoever_sends_it() {
    assertThat(requested.idempotencyKey()).isEqualTo("checkout:" + requested.paymentId() + ":2");
    assertThat(requested.isClaimed(NOON.plusSeconds(14))).isTrue();
    assertThat(requested.isClaimed(NOON.plusSeconds(15))).isFalse();
    assertThat(requested.released().isClaimed(NOON)).isFalse();
    assertThat(requested.released().claimed(NOON.plusSeconds(1)).isClaimed(NOON)).isTrue();
  }

  @Test
  void stripes_answer_opens_it() {
    assertThat(open.progress().status()).isEqualTo(CheckoutStatus.OPEN);
    assertThat(open.progress().sessionId()).isEqualTo("cs_1");
    assertThat(open.progress().url()).isEqualTo(URL);
    assertThat(open.progress().claimedUntil()).isNull();
    assertThat(open.nextCheckAt()).isEqualTo(NOON.plusSeconds(45));
  }

  @Test
  void an_answer_whose_page_has_ended_meanwhile_ends_it() {
    Checkout ended = requested.opened(session(null), NOON);
    assertThat(ended.progress().status()).isEqualTo(CheckoutStatus.EXPIRED);
    assertThat(ended.progress().sessionId()).isEqualTo("cs_1");
  }

  @Test
  void the_session_of_an_attempt_that_was_given_up_is_kept() {
    Checkout late = requested.expired().orElseThrow().opened(session(URL), NOON);
    assertThat(late.progress().status()).isEqualTo(CheckoutStatus.EXPIRED);
    assertThat(late.progress().sessionId()).isEqualTo("cs_1");
  }

  @Test
  void it_is_live_until_it_has_ended() {
    assertThat(requested.isLive()).isTrue();
    assertThat(open.isLive()).isTrue();
    assertThat(complete.isLive()).isFalse();
    assertThat(expired.isLive()).isFalse();
    assertThat(failed.isLive()).isFalse();
  }

  @Test
  void a_payment_may_be_told_before_the_answer_is_saved() {
    assertThat(requested.completed().orElseThrow().progress().status())
        .isEqualTo(CheckoutStatus.COMPLETE);
  }

  @Test
  void a_refusal_is_kept_with_its_reason_and_a_repeat_is_not_refused_any_more() {
    assertThat(failed.progress().status()).isEqualTo(CheckoutStatus.FAILED);
    assertThat(failed.progress().failure()).isEqualTo("resource_missing");
    assertThat(open.refused("resource_missing")).isEmpty();
  }

  @Test
  void what_has_ended_stays_as_it_is() {
    for (Checkout ended : new Checkout[] {complete, expired, failed}) {
      assertThat(ended.completed()).isEmpty();
      assertThat(ended.expired()).isEmpty();
      assertThat(ended.refused("late")).isEmpty();
      assertThat(ended.opened(session(URL), NOON).progress().status())
          .isEqualTo(ended.progress().status());
    }
  }

  private static StripeCheckoutSession session(@Nullable String url) {
    return new StripeCheckoutSession(
        "cs_1",
        url == null ? StripeCheckoutSession.Status.EXPIRED : StripeCheckoutSession.Status.OPEN,
        url,
        null);
  }
}
