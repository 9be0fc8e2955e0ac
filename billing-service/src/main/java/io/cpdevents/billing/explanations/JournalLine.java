package io.cpdevents.billing.explanations;

import io.cpdevents.platform.money.Money;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a journal has moved on an account.
 *
 * @param amount debit positive
 */
record JournalLine(
    UUID journalId,
    String kind,
    String businessId,
    @Nullable UUID paymentId,
    @Nullable UUID refundId,
    @Nullable UUID disputeId,
    @Nullable UUID payoutId,
    String account,
    Money amount) {

  /** Kinds whose business id is Stripe's charge. */
  private static final Set<String> OF_CHARGES = Set.of("capture-quarantined", "invoice-paid");

  /** The kind of its account: {@code organization} of {@code organization:<id>}. */
  String accountKind() {
    return LedgerWords.kindOf(account);
  }

  /** The object of Stripe, when its journal is about a movement or a charge there. */
  @Nullable String stripeId() {
    boolean isAtStripe =
        kind.endsWith("balance-transaction")
            || kind.endsWith("-identified")
            || OF_CHARGES.contains(kind);
    return isAtStripe ? businessId : null;
  }
}
