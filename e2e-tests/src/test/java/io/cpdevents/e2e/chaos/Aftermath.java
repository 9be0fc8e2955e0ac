package io.cpdevents.e2e.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What must be true after a fault. Each check adds a sentence for everything that is wrong. */
record Aftermath(Stage stage) {

  private static final List<String> SERVICES =
      List.of("accounts", "registration", "billing", "payout", "notification");

  List<String> violations(Stage.Offer offer, List<Visitor> visitors) {
    List<String> wrong = new ArrayList<>();
    try {
      check(wrong, offer, visitors);
    } catch (AssertionError | IllegalStateException e) {
      wrong.add("could not look: " + e);
    }
    return wrong;
  }

  private void check(List<String> wrong, Stage.Offer offer, List<Visitor> visitors) {
    nothingIsUnderWay(wrong);
    if (wrong.isEmpty()) {
      new ConsumerLag(stage.platform().kafkaBootstrapServers()).describe(wrong);
    }
    if (wrong.isEmpty()) {
      placesAddUp(wrong);
      whatWasAcknowledgedIsTrue(wrong, offer, visitors);
      theLedgerIsWhatStripeSays(wrong);
      theBalanceIsWhatTheLedgerSays(wrong);
      theAuditLogIsWhole(wrong);
    }
  }

  private void nothingIsUnderWay(List<String> wrong) {
    for (String service : SERVICES) {
      none(wrong, service, "outbox rows", "SELECT count(*) FROM outbox");
      none(wrong, service, "parked messages", "SELECT count(*) FROM parked_message");
      none(wrong, service, "parked keys", "SELECT count(*) FROM outbox_parked_key");
    }
    none(wrong, "notification", "unsent mails", "SELECT count(*) FROM mail WHERE status <> 'sent'");
    none(
        wrong,
        "billing",
        "Stripe events not applied",
        "SELECT count(*) FROM stripe_event WHERE state IN ('RECEIVED', 'PARKED')");
    none(
        wrong,
        "billing",
        "unfinished refunds",
        "SELECT count(*) FROM refund WHERE status IN ('REQUESTED', 'PENDING')");
    JsonNode stripe = stripeState();
    if (stripe.get("deliveries").get("pending").asLong() > 0) {
      wrong.add("stripe: webhooks are under way");
    }
    if (stripe.get("chargesAwaitingBalanceTransaction").asLong() > 0) {
      wrong.add("stripe: charges have no balance transaction yet");
    }
  }

  private void none(List<String> wrong, String database, String what, String sql) {
    long count = Long.parseLong(stage.query(database, sql).getFirst().getFirst());
    if (count > 0) {
      wrong.add("%s: %d %s".formatted(database, count, what));
    }
  }

  private void placesAddUp(List<String> wrong) {
    stage
        .query(
            "registration",
            """
            SELECT e.id, e.taken, e.capacity, count(t.id)
            FROM event e
            LEFT JOIN registration r ON r.event_id = e.id AND r.status IN ('held', 'confirmed')
            LEFT JOIN ticket t ON t.registration_id = r.id
            GROUP BY e.id HAVING e.taken <> count(t.id) OR e.taken > e.capacity
            """)
        .forEach(row -> wrong.add("event's id, taken, capacity, tickets alive: " + row));
  }

  private void whatWasAcknowledgedIsTrue(
      List<String> wrong, Stage.Offer offer, List<Visitor> visitors) {
    Map<String, String> statuses = new HashMap<>();
    stage
        .query(
            "registration",
            "SELECT id, status FROM registration WHERE event_id = '" + offer.eventId() + "'")
        .forEach(row -> statuses.put(row.get(0), row.get(1)));
    Map<String, List<String>> payments = new HashMap<>();
    stage
        .query(
            "billing",
            """
            SELECT p.registration_id, p.status, p.captured_minor = p.amount_minor,
              (SELECT count(*) FROM stripe_charge c WHERE c.payment_id = p.id),
              (SELECT count(*) FROM refund r WHERE r.payment_id = p.id)
            FROM payment p
            """)
        .forEach(row -> payments.put(row.getFirst(), row.subList(1, row.size())));
    Set<String> acknowledged = new HashSet<>();
    Map<String, List<Stage.Mail>> mails = new HashMap<>();
    for (Visitor visitor : visitors) {
      String id = visitor.registrationId().orElse("");
      if (id.isEmpty() || !visitor.hasPaid()) {
        wrong.add("a visitor has not come to the end: " + visitor.reference());
      } else {
        acknowledged.add(id);
        if (!"confirmed".equals(statuses.get(id))) {
          wrong.add("registration %s is paid and %s".formatted(id, statuses.get(id)));
        }
        if (!List.of("CAPTURED", "t", "1", "0").equals(payments.get(id))) {
          wrong.add("payment of %s: %s".formatted(id, payments.get(id)));
        }
        oneMail(wrong, visitor, mails.computeIfAbsent(visitor.guest().email(), stage::mailsTo));
      }
    }
    if (acknowledged.size() != visitors.size() || statuses.size() != visitors.size()) {
      wrong.add(
          "%d visitors, %d acknowledged registrations, %d registrations"
              .formatted(visitors.size(), acknowledged.size(), statuses.size()));
    }
  }

  /** A second copy has the first one's Message-ID. */
  private static void oneMail(List<String> wrong, Visitor visitor, List<Stage.Mail> mails) {
    long different =
        mails.stream()
            .filter(mail -> mail.subject().startsWith("Your tickets for"))
            .filter(mail -> mail.text().contains(visitor.reference()))
            .map(Stage.Mail::messageId)
            .distinct()
            .count();
    if (different != 1) {
      wrong.add("%d mails about %s".formatted(different, visitor.reference()));
    }
  }

  private void theLedgerIsWhatStripeSays(List<String> wrong) {
    stage
        .query(
            "billing",
            "SELECT currency, sum(amount_minor) FROM posting GROUP BY 1 HAVING sum(amount_minor) <>"
                + " 0")
        .forEach(row -> wrong.add("the ledger's accounts sum to " + row));
    stage
        .query(
            "billing",
            """
            SELECT account, currency, sum(amount_minor) FROM posting
            WHERE account IN ('awaiting-stripe', 'refunds', 'suspense')
            GROUP BY 1, 2 HAVING sum(amount_minor) <> 0
            """)
        .forEach(row -> wrong.add("not empty: " + row));
    Map<String, String> ledger = new HashMap<>();
    stage
        .query(
            "billing",
            "SELECT currency, sum(amount_minor) FROM posting WHERE account = 'stripe' GROUP BY 1")
        .forEach(row -> ledger.put(row.get(0), row.get(1)));
    for (JsonNode balance : stripeState().get("balances")) {
      String currency = balance.get("currency").asString().toUpperCase(Locale.ROOT);
      String total = balance.get("total").asString();
      if (!total.equals(ledger.getOrDefault(currency, "0"))) {
        wrong.add(
            "stripe has %s %s and the ledger says %s"
                .formatted(total, currency, ledger.get(currency)));
      }
    }
  }

  private void theBalanceIsWhatTheLedgerSays(List<String> wrong) {
    long balance = 0;
    for (JsonNode line :
        stage
            .owner()
            .api()
            .get("/api/v1/organizations/" + stage.organizationId() + "/balance")
            .expect(200)
            .json()
            .get("data")) {
      for (String part : List.of("pending", "available", "reserved", "inTransit")) {
        balance += line.get(part).get("amountMinor").asLong();
      }
    }
    long ledger =
        -Long.parseLong(
            stage
                .query(
                    "billing",
                    "SELECT coalesce(sum(amount_minor), 0) FROM posting WHERE account LIKE '%:"
                        + stage.organizationId()
                        + "'")
                .getFirst()
                .getFirst());
    if (balance != ledger) {
      wrong.add("the organization has %d in the ledger, %d in payout".formatted(ledger, balance));
    }
  }

  private void theAuditLogIsWhole(List<String> wrong) {
    JsonNode verification =
        stage.admin().api().get("/api/v1/audit-log/verification").expect(200).json();
    if (!verification.get("intact").asBoolean()) {
      wrong.add("the audit log is broken: " + verification);
    }
  }

  private JsonNode stripeState() {
    return stage.stripe().get("/_sandbox/state").expect(200).json();
  }
}
