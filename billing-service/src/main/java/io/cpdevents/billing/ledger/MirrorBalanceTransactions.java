package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What Stripe lists of its balance is kept as it is, booked or not; what we have and Stripe does
 * not list is a break, and so is what Stripe lists otherwise than it was closed with its day.
 */
@Component
public class MirrorBalanceTransactions {

  /**
   * Everything that Stripe lists of a time.
   *
   * @param from inclusive
   * @param until exclusive
   */
  public record Command(Instant from, Instant until, List<StripeBalanceTransaction> listed) {}

  /** A transaction that a webhook has told may be missing in Stripe's list at first. */
  private static final Duration MAX_LISTING_TIME = Duration.ofHours(1);

  /** More than a person can look at; the next pass tells the others. */
  private static final int MAX_MISSING_ROWS = 100;

  private final BalanceTransactions balanceTransactions;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;
  private final Clock clock;
  private final SystemTime systemTime;

  MirrorBalanceTransactions(
      BalanceTransactions balanceTransactions,
      OpenBreak openBreak,
      ResolveBreak resolveBreak,
      Clock clock,
      SystemTime systemTime) {
    this.balanceTransactions = balanceTransactions;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /** Keeps them, each once. */
  @Transactional
  public void handle(Command command) {
    List<StripeBalanceTransaction> listed = command.listed();
    if (!listed.isEmpty()) {
      balanceTransactions.insert(listed, systemTime.now());
      balanceTransactions.correct(listed);
      resolveBreak.handle(
          new ResolveBreak.Command(
              BreakKind.NOT_AT_STRIPE, listed.stream().map(StripeBalanceTransaction::id).toList()));
      compareClosed(listed);
    }
    Instant old = clock.instant().minus(MAX_LISTING_TIME);
    Instant until = command.until().isBefore(old) ? command.until() : old;
    for (StripeBalanceTransaction unlisted :
        balanceTransactions.others(command.from(), until, listed, MAX_MISSING_ROWS)) {
      openBreak.handle(
          new OpenBreak.Command(
              BreakKind.NOT_AT_STRIPE, unlisted.id(), null, unlisted.net(), unlisted.createdAt()));
    }
  }

  /** What is closed is never corrected. */
  private void compareClosed(List<StripeBalanceTransaction> listed) {
    List<StripeBalanceTransaction> otherwise = balanceTransactions.closedOtherwise(listed);
    Set<String> ids =
        otherwise.stream().map(StripeBalanceTransaction::id).collect(Collectors.toSet());
    resolveBreak.handle(
        new ResolveBreak.Command(
            BreakKind.LISTED_OTHERWISE,
            listed.stream()
                .map(StripeBalanceTransaction::id)
                .filter(id -> !ids.contains(id))
                .toList()));
    for (StripeBalanceTransaction each : otherwise) {
      openBreak.handle(
          new OpenBreak.Command(
              BreakKind.LISTED_OTHERWISE, each.id(), null, each.net(), each.createdAt()));
    }
  }
}
