package io.cpdevents.billing.explanations;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.explanations.PaymentTrees.Owned;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Why a figure is what it is, or was at a time: one tree for each currency.
 *
 * <p>Every method throws {@link RuleViolation} 404 {@code explanation-not-found} when there is, or
 * was then, nothing to explain.
 */
@Component
public class ExplanationQueries {

  private final PaymentTrees payments;
  private final LedgerTrees ledger;
  private final PayoutTrees payouts;
  private final Clock clock;

  ExplanationQueries(PaymentTrees payments, LedgerTrees ledger, PayoutTrees payouts, Clock clock) {
    this.payments = payments;
    this.ledger = ledger;
    this.payouts = payouts;
    this.clock = clock;
  }

  /**
   * What is left of a payment.
   *
   * @param organizationId whose payment it must be; null for any
   */
  public List<Explanation> payment(UUID id, @Nullable UUID organizationId, @Nullable Instant asOf) {
    return owned(payments.payment(id, orNow(asOf)), organizationId);
  }

  /**
   * What a refund gives back.
   *
   * @param organizationId whose refund it must be; null for any
   */
  public List<Explanation> refund(UUID id, @Nullable UUID organizationId, @Nullable Instant asOf) {
    return owned(payments.refund(id, orNow(asOf)), organizationId);
  }

  /**
   * What a dispute has taken.
   *
   * @param organizationId whose dispute it must be; null for any
   */
  public List<Explanation> dispute(UUID id, @Nullable UUID organizationId, @Nullable Instant asOf) {
    return owned(payments.dispute(id, orNow(asOf)), organizationId);
  }

  /**
   * What a payout pays.
   *
   * @param organizationId whose payout it must be; null for any
   */
  public List<Explanation> payout(UUID id, @Nullable UUID organizationId, @Nullable Instant asOf) {
    return owned(payouts.payout(id, orNow(asOf)), organizationId);
  }

  /** What an organization has. */
  public List<Explanation> organizationBalance(UUID organizationId, @Nullable Instant asOf) {
    return found(ledger.organizationBalance(organizationId, orNow(asOf)));
  }

  /** What an account of the ledger has. */
  public List<Explanation> account(String account, @Nullable Instant asOf) {
    return found(ledger.account(account, orNow(asOf)));
  }

  /** Why Stripe's balance has moved. */
  public List<Explanation> balanceTransaction(String id, @Nullable Instant asOf) {
    return found(ledger.balanceTransaction(id, orNow(asOf)).stream().toList());
  }

  private Instant orNow(@Nullable Instant asOf) {
    return asOf == null ? clock.instant() : asOf;
  }

  private static List<Explanation> owned(Optional<Owned> tree, @Nullable UUID organizationId) {
    Predicate<Owned> isTheirs =
        owned -> organizationId == null || owned.organizationId().equals(organizationId);
    return found(tree.filter(isTheirs).map(Owned::tree).stream().toList());
  }

  private static List<Explanation> found(List<Explanation> trees) {
    if (trees.isEmpty()) {
      throw BillingProblem.EXPLANATION_NOT_FOUND.violation();
    }
    return trees;
  }
}
