package io.cpdevents.billing.explanations;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /** The columns from which one is read. */
  static final String COLUMNS =
      """
      journal.id, kind, business_id, journal.payment_id, journal.refund_id, journal.dispute_id,
      journal.payout_id, account, currency, amount_minor
      """;

  /** Kinds whose business id is Stripe's charge. */
  private static final Set<String> OF_CHARGES = Set.of("capture-quarantined", "invoice-paid");

  static JournalLine read(ResultSet row, int number) throws SQLException {
    return new JournalLine(
        Columns.uuid(row, "id"),
        row.getString("kind"),
        row.getString("business_id"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.uuidOrNull(row, "refund_id"),
        Columns.uuidOrNull(row, "dispute_id"),
        Columns.uuidOrNull(row, "payout_id"),
        row.getString("account"),
        Columns.money(row, "amount_minor"));
  }

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
