package io.cpdevents.e2e.money;

import io.cpdevents.e2e.money.DyingTransactions.Place;
import java.util.List;
import java.util.stream.Stream;

/** What services write while money moves: a crash may come before each of these writes. */
final class Tables {

  private static final List<Place> ALL =
      Stream.of(
              tables(
                  "registration",
                  "registration",
                  "ticket",
                  "event",
                  "ticket_type",
                  "registration_history",
                  "refund_request",
                  "event_cancellation",
                  "dispute",
                  "api_idempotency",
                  "inbox",
                  "outbox"),
              tables(
                  "billing",
                  "payment",
                  "payment_line",
                  "checkout",
                  "stripe_charge",
                  "stripe_event",
                  "refund",
                  "refund_line",
                  "refund_attempt",
                  "refund_request_waiting",
                  "dispute",
                  "dispute_line",
                  "fraud_warning",
                  "balance_transaction",
                  "journal",
                  "posting",
                  "account_balance",
                  "ledger_break",
                  "settlement",
                  "api_idempotency",
                  "inbox",
                  "outbox"),
              tables(
                  "payout",
                  "entry",
                  "balance",
                  "event",
                  "payout_account",
                  "payout",
                  "payout",
                  "payout_attempt",
                  "payout_entry",
                  "payout_schedule",
                  "scheduled_payout",
                  "api_idempotency",
                  "inbox",
                  "outbox"))
          .flatMap(places -> places)
          .toList();

  private Tables() {}

  /** Those of all services. */
  static List<Place> all() {
    return ALL;
  }

  /** Those of one. */
  static List<Place> of(String service) {
    return ALL.stream().filter(place -> place.database().equals(service)).toList();
  }

  private static Stream<Place> tables(String service, String... tables) {
    return Stream.of(tables).map(table -> new Place(service, table));
  }
}
