package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.Payouts.Due;
import io.cpdevents.payout.stripe.ConnectedMoney;
import io.cpdevents.payout.stripe.ConnectedMoney.BankPayout;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stripe is asked about payouts of which it has told a change, and about all others from time to
 * time: a bank may send money back some days after it was paid.
 */
@Component
public class AskAboutPayouts {

  private static final int MAX_BATCH_ROWS = 20;
  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
  private static final Duration UNDER_WAY_INTERVAL = Duration.ofHours(1);
  private static final Duration PAID_INTERVAL = Duration.ofDays(1);

  /** Stripe says five business days; this is with weekends and some more. */
  private static final Duration MAY_COME_BACK_TIME = Duration.ofDays(14);

  private final Payouts payouts;
  private final AdvancePayout advance;
  private final ConnectedMoney stripe;
  private final Clock clock;

  AskAboutPayouts(Payouts payouts, AdvancePayout advance, ConnectedMoney stripe, Clock clock) {
    this.payouts = payouts;
    this.advance = advance;
    this.stripe = stripe;
    this.clock = clock;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<Due> due = payouts.due(clock.instant(), MAX_BATCH_ROWS);
    for (Due each : due) {
      payouts.checkAgain(each.payout().id(), clock.instant().plus(RETRY_AFTER));
      StripeInquiries.ask("payout " + each.payout().id(), () -> ask(each));
    }
    return due.size();
  }

  private void ask(Due due) {
    Payout payout = due.payout();
    String bankPayoutId = Objects.requireNonNull(payout.route().bank().stripeId());
    BankPayout told = stripe.bankPayout(payout.accountId(), bankPayoutId);
    Payout now = advance.handle(payout.id(), before -> before.found(told, clock.instant()));
    payouts.checkAgainUnlessTold(payout.id(), due.changesTold(), nextCheck(now));
  }

  private @Nullable Instant nextCheck(Payout payout) {
    Instant now = clock.instant();
    return switch (payout.status()) {
      case IN_TRANSIT -> now.plus(UNDER_WAY_INTERVAL);
      case PAID -> {
        Instant paidAt = Objects.requireNonNull(payout.outcome().paidAt());
        yield now.isBefore(paidAt.plus(MAY_COME_BACK_TIME)) ? now.plus(PAID_INTERVAL) : null;
      }
      case REQUESTED, RESERVED, TRANSFERRED, FAILED, CANCELLED -> null;
    };
  }
}
