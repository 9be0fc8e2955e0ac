package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/**
 * Finance lets a day be reconciled now: Stripe's list is read, its balance compared, journals are
 * matched, and the days until this one are closed if they can be. A day that is closed is read
 * again, and is a break when it has not the hash any more with which it was closed.
 */
@Component
public class ReconcileDay {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final OneReconciliation one;
  private final CompareStripeBalance compareStripeBalance;
  private final FollowBalance followBalance;
  private final MatchJournals matchJournals;
  private final CloseDay closeDay;
  private final VerifyDay verifyDay;
  private final ReconciliationQueries queries;
  private final Clock clock;

  ReconcileDay(
      OneReconciliation one,
      CompareStripeBalance compareStripeBalance,
      FollowBalance followBalance,
      MatchJournals matchJournals,
      CloseDay closeDay,
      VerifyDay verifyDay,
      ReconciliationQueries queries,
      Clock clock) {
    this.one = one;
    this.compareStripeBalance = compareStripeBalance;
    this.followBalance = followBalance;
    this.matchJournals = matchJournals;
    this.closeDay = closeDay;
    this.verifyDay = verifyDay;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Reconciles, after the job or the person that does so at this moment.
   *
   * @throws RuleViolation 404 {@code reconciliation-not-found} for a day before the first movement
   *     of Stripe's balance or one that has not come, 409 {@code in-progress} when somebody else
   *     reconciles for longer, 503 {@code stripe-unavailable}
   */
  public ReconciliationView handle(LocalDate date) {
    if (date.isAfter(Day.of(clock.instant()))) {
      throw BillingProblem.RECONCILIATION_NOT_FOUND.violation();
    }
    if (!one.alone(() -> reconcile(date))) {
      throw CommonProblem.IN_PROGRESS.violation("Somebody else reconciles. Ask again.");
    }
    ReconciliationView view = queries.day(date);
    if (view.status() == ReconciliationStatus.CLOSED) {
      verifyDay.handle(date);
    }
    return view;
  }

  private void reconcile(LocalDate date) {
    try {
      compareStripeBalance.ask();
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
    followBalance.follow();
    compareStripeBalance.handle();
    matchJournals.handle();
    while (closeDay.handle(date)) {
      // In order, up to this one.
    }
  }
}
