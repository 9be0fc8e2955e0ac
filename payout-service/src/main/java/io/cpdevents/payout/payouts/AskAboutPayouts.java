package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.Payout.Step;
import io.cpdevents.payout.payouts.Payouts.Due;
import io.cpdevents.payout.stripe.ConnectedMoney;
import io.cpdevents.payout.stripe.ConnectedMoney.BankPayout;
import io.cpdevents.platform.jobs.BackOff;
import io.cpdevents.platform.stripe.Disconnected;
import io.cpdevents.platform.stripe.StripeInquiries;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stripe is asked about payouts of which it has told a change, and about all others from time to
 * time: a bank may send money back some days after it was paid.
 */
@Component
public class AskAboutPayouts {

  private static final int MAX_BATCH_ROWS = 20;

  /** The waits after Stripe has not answered. */
  private static final BackOff RETRIES = new BackOff(Duration.ofMinutes(1), Duration.ofHours(6));

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
      payouts.checkAgain(each.payout().id(), retry(each));
      StripeInquiries.ask("payout " + each.payout().id(), () -> ask(each));
    }
    return due.size();
  }

  /** What is asked is asked until it is answered, also when nothing may come back by then. */
  private Instant retry(Due due) {
    return clock.instant().plus(RETRIES.after(due.checksFailed() + 1));
  }

  private void ask(Due due) {
    Payout payout = due.payout();
    Payout now = advance.handle(payout.id(), stepToldAbout(payout));
    payouts.checkAgainUnlessTold(payout.id(), due.changesTold(), nextCheck(now));
  }

  private Function<Payout, Step> stepToldAbout(Payout payout) {
    String bankPayoutId = Objects.requireNonNull(payout.route().bank().stripeId());
    try {
      BankPayout told = stripe.bankPayout(payout.accountId(), bankPayoutId);
      return before -> before.found(told, clock.instant());
    } catch (StripeRefused refused) {
      if (Disconnected.CODE.equals(refused.code())) {
        return before -> new Step(before.unconfirmed(), Optional.empty());
      }
      if (mayComeBackAt(payout, clock.instant())) {
        throw refused;
      }
      return before -> new Step(before, Optional.empty());
    }
  }

  private @Nullable Instant nextCheck(Payout payout) {
    Instant now = clock.instant();
    return switch (payout.status()) {
      case IN_TRANSIT -> now.plus(UNDER_WAY_INTERVAL);
      case PAID -> mayComeBackAt(payout, now) ? now.plus(PAID_INTERVAL) : null;
      case REQUESTED, RESERVED, TRANSFERRED, UNCONFIRMED, FAILED, CANCELLED -> null;
    };
  }

  /** After some time no bank sends back what was paid. */
  private static boolean mayComeBackAt(Payout payout, Instant time) {
    Instant paidAt = payout.outcome().paidAt();
    return paidAt == null || time.isBefore(paidAt.plus(MAY_COME_BACK_TIME));
  }
}
