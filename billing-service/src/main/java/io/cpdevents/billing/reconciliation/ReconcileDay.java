package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.ledger.ResolveBreak;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finance lets a day be reconciled now: Stripe's list is read, its balance compared, journals are
 * matched, and the days until this one are closed if they can be. A day that is closed is read
 * again, and is a break when it has not the hash any more with which it was closed.
 */
@Component
public class ReconcileDay {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** A break has a currency, and a hash has none. */
  private static final Money NO_AMOUNT = Money.of(0, "XXX");

  private final OneReconciliation one;
  private final CompareStripeBalance compareStripeBalance;
  private final FollowBalance followBalance;
  private final MatchJournals matchJournals;
  private final CloseDay closeDay;
  private final DayFileQueries files;
  private final ReconciliationQueries queries;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ReconcileDay(
      OneReconciliation one,
      CompareStripeBalance compareStripeBalance,
      FollowBalance followBalance,
      MatchJournals matchJournals,
      CloseDay closeDay,
      DayFileQueries files,
      ReconciliationQueries queries,
      OpenBreak openBreak,
      ResolveBreak resolveBreak,
      TransactionTemplate transaction,
      Clock clock) {
    this.one = one;
    this.compareStripeBalance = compareStripeBalance;
    this.followBalance = followBalance;
    this.matchJournals = matchJournals;
    this.closeDay = closeDay;
    this.files = files;
    this.queries = queries;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
    this.transaction = transaction;
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
      readAgain(view);
    }
    return view;
  }

  private void reconcile(LocalDate date) {
    try {
      compareStripeBalance.handle();
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
    followBalance.follow();
    matchJournals.handle();
    while (closeDay.handle(date)) {
      // In order, up to this one.
    }
  }

  private void readAgain(ReconciliationView closed) {
    DayHash hash = new DayHash();
    files.read(closed.date(), hash::add);
    String about = closed.date().toString();
    if (hash.finish().equals(closed.hash())) {
      transaction.executeWithoutResult(_ ->
          resolveBreak.handle(
              new ResolveBreak.Command(BreakKind.CLOSED_DAY_CHANGED, List.of(about))));
    } else {
      transaction.executeWithoutResult(_ ->
          openBreak.handle(
              new OpenBreak.Command(
                  BreakKind.CLOSED_DAY_CHANGED,
                  about,
                  null,
                  NO_AMOUNT,
                  Day.beginningOf(closed.date()))));
    }
  }
}
