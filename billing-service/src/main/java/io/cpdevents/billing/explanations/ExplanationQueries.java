package io.cpdevents.billing.explanations;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.explanations.PaymentTrees.Owned;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Why a figure is what it is, or was at a time: one tree for each currency. */
@Component
public class ExplanationQueries {

  /**
   * What is to be explained.
   *
   * @param id as a person writes it: what is no id is of nothing
   * @param organizationId whose it must be; null for any
   * @param asOf when; null for now
   */
  public record Asked(
      ExplainedKind kind, String id, @Nullable UUID organizationId, @Nullable Instant asOf) {}

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
   * Explains.
   *
   * @throws RuleViolation 404 {@code explanation-not-found} when there is, or was then, nothing to
   *     explain
   */
  public List<Explanation> explain(Asked asked) {
    Instant asOf = asked.asOf() == null ? clock.instant() : asked.asOf();
    List<Explanation> trees =
        switch (asked.kind()) {
          case PAYMENT -> owned(payments.payment(uuid(asked), asOf), asked);
          case REFUND -> owned(payments.refund(uuid(asked), asOf), asked);
          case DISPUTE -> owned(payments.dispute(uuid(asked), asOf), asked);
          case PAYOUT -> owned(payouts.payout(uuid(asked), asOf), asked);
          case ORGANIZATION_BALANCE -> ledger.organizationBalance(uuid(asked), asOf);
          case ACCOUNT -> ledger.account(asked.id(), asOf);
          case BALANCE_TRANSACTION -> ledger.balanceTransaction(asked.id(), asOf).stream().toList();
        };
    if (trees.isEmpty()) {
      throw BillingProblem.EXPLANATION_NOT_FOUND.violation();
    }
    return trees;
  }

  private static List<Explanation> owned(Optional<Owned> tree, Asked asked) {
    UUID organizationId = asked.organizationId();
    return tree
        .filter(owned -> organizationId == null || owned.organizationId().equals(organizationId))
        .map(Owned::tree)
        .stream()
        .toList();
  }

  private static UUID uuid(Asked asked) {
    try {
      return UUID.fromString(asked.id());
    } catch (IllegalArgumentException malformed) {
      throw BillingProblem.EXPLANATION_NOT_FOUND.violation();
    }
  }
}
