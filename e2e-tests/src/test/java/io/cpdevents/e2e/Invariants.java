package io.cpdevents.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * What must be true whenever nothing is under way, whatever has happened before. Each check adds a
 * sentence for everything that is wrong.
 */
record Invariants(World world) {

  private static final Duration NOTHING_STUCK_AFTER = Duration.ofSeconds(60);
  private static final Set<String> EMPTY_WHEN_QUIET =
      Set.of("awaiting-stripe", "refunds", "suspense");

  /** Waits until all is true, at most a minute. */
  void hold() {
    List<String> wrong = new ArrayList<>();
    try {
      await()
          .atMost(NOTHING_STUCK_AFTER)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            wrong.clear();
            wrong.addAll(violations());
            return wrong.isEmpty();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "after %s:\n  %s".formatted(NOTHING_STUCK_AFTER, String.join("\n  ", wrong)), e);
    }
  }

  private List<String> violations() {
    List<String> wrong = new ArrayList<>();
    nothingIsUnderWay(wrong);
    if (wrong.isEmpty()) {
      placesAddUp(wrong);
      acknowledgedRegistrationsExist(wrong);
      capturedPaymentsAreConfirmedOrRefunded(wrong);
      oneMailForEachCause(wrong);
      theLedgerAddsUp(wrong);
      theAuditLogIsWhole(wrong);
    }
    return wrong;
  }

  private void nothingIsUnderWay(List<String> wrong) {
    for (String service : Databases.OF_SERVICES) {
      none(wrong, service, "outbox rows", "SELECT count(*) FROM outbox");
      none(wrong, service, "parked messages", "SELECT count(*) FROM parked_message");
      none(wrong, service, "parked keys", "SELECT count(*) FROM outbox_parked_key");
    }
    none(wrong, "notification", "unsent mails", "SELECT count(*) FROM mail WHERE status <> 'sent'");
    none(
        wrong,
        "billing",
        "unfinished refunds",
        "SELECT count(*) FROM refund WHERE status IN ('REQUESTED', 'PENDING')");
    JsonNode stripe = world.stripe().state();
    if (stripe.get("deliveries").get("pending").asLong() > 0) {
      wrong.add("stripe: webhooks are under way");
    }
    if (stripe.get("chargesAwaitingBalanceTransaction").asLong() > 0) {
      wrong.add("stripe: charges have no balance transaction yet");
    }
  }

  private void none(List<String> wrong, String database, String what, String sql) {
    long count = world.databases().number(database, sql);
    if (count > 0) {
      wrong.add("%s: %d %s".formatted(database, count, what));
    }
  }

  private void placesAddUp(List<String> wrong) {
    world
        .databases()
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
    world
        .databases()
        .query(
            "registration",
            """
            SELECT tt.id, tt.taken, tt.quota, count(r.id)
            FROM ticket_type tt
            LEFT JOIN ticket t ON t.ticket_type_id = tt.id
            LEFT JOIN registration r
              ON r.id = t.registration_id AND r.status IN ('held', 'confirmed')
            GROUP BY tt.id HAVING tt.taken <> count(r.id) OR tt.taken > tt.quota
            """)
        .forEach(row -> wrong.add("ticket type's id, taken, quota, tickets alive: " + row));
  }

  private void acknowledgedRegistrationsExist(List<String> wrong) {
    Set<String> stored =
        world.databases().query("registration", "SELECT id FROM registration").stream()
            .map(List::getFirst)
            .collect(Collectors.toSet());
    world.acknowledged().stream()
        .map(Registration::id)
        .map(UUID::toString)
        .filter(id -> !stored.contains(id))
        .forEach(id -> wrong.add("registration " + id + " was acknowledged and is lost"));
  }

  private void capturedPaymentsAreConfirmedOrRefunded(List<String> wrong) {
    Map<String, String> statusOfRegistration = new HashMap<>();
    world
        .databases()
        .query("registration", "SELECT id, status FROM registration")
        .forEach(row -> statusOfRegistration.put(row.get(0), row.get(1)));
    Set<String> paid =
        world
            .databases()
            .query(
                "billing",
                """
                SELECT p.registration_id, p.captured_minor,
                  (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r
                   WHERE r.payment_id = p.id AND r.status = 'SUCCEEDED'),
                  (SELECT count(*) FROM stripe_charge c
                   WHERE c.payment_id = p.id AND NOT c.quarantined)
                FROM payment p WHERE p.status = 'CAPTURED'
                """)
            .stream()
            .peek(row -> moneyHasItsPlace(wrong, row, statusOfRegistration))
            .map(List::getFirst)
            .collect(Collectors.toSet());
    world
        .databases()
        .query(
            "registration",
            "SELECT id FROM registration WHERE status = 'confirmed' AND total_minor > 0")
        .stream()
        .map(List::getFirst)
        .filter(id -> !paid.contains(id))
        .forEach(id -> wrong.add("registration " + id + " is confirmed and not paid"));
  }

  private static void moneyHasItsPlace(
      List<String> wrong, List<String> row, Map<String, String> statusOfRegistration) {
    String status = statusOfRegistration.getOrDefault(row.get(0), "missing");
    boolean refunded = row.get(1).equals(row.get(2));
    boolean kept = row.get(2).equals("0");
    boolean charged = row.get(3).equals("1");
    boolean right = charged && (status.equals("confirmed") ? kept : refunded);
    if (!right) {
      wrong.add("registration, captured, refunded, charges: " + row + " is " + status);
    }
  }

  private void oneMailForEachCause(List<String> wrong) {
    Set<String> cameTooLate =
        world
            .databases()
            .query(
                "billing",
                """
                SELECT p.registration_id FROM refund r JOIN payment p ON p.id = r.payment_id
                WHERE r.cause = 'payment-too-late'
                """)
            .stream()
            .map(List::getFirst)
            .collect(Collectors.toSet());
    for (Registration registration : world.acknowledged()) {
      String status = registration.status();
      String address = registration.buyer().email();
      List<Mailbox.Mail> confirmations =
          world.mailbox().find(address, "Your tickets for", registration.reference());
      long askedFor =
          world
              .databases()
              .number(
                  "notification",
                  "SELECT count(*) FROM mail WHERE resent_from IS NOT NULL AND registration_id = '%s'"
                      .formatted(registration.id()));
      if (confirmations.size() != (status.equals("confirmed") ? 1 : 0) + askedFor) {
        wrong.add(
            "registration %s is %s and has %d confirmation mails"
                .formatted(registration.id(), status, confirmations.size()));
      }
      List<Mailbox.Mail> regrets =
          world.mailbox().find(address, "Your money for", registration.reference());
      if (regrets.size() != (cameTooLate.contains(registration.id().toString()) ? 1 : 0)) {
        wrong.add(
            "registration %s has %d mails about late money"
                .formatted(registration.id(), regrets.size()));
      }
    }
  }

  private void theLedgerAddsUp(List<String> wrong) {
    JsonNode accounts =
        world.finance().api().get("/api/v1/finance/accounts").expect(200).json().get("data");
    Map<String, Long> sums = new TreeMap<>();
    Map<String, Long> stripe = new TreeMap<>();
    Map<String, Long> ofOrganizations = new HashMap<>();
    for (JsonNode line : accounts) {
      String account = line.get("account").asString();
      String currency = line.get("currency").asString();
      long amount = line.get("amountMinor").asLong();
      sums.merge(currency, amount, Long::sum);
      if (account.equals("stripe")) {
        stripe.merge(currency, amount, Long::sum);
      } else if (EMPTY_WHEN_QUIET.contains(account) && amount != 0) {
        wrong.add("%s holds %d %s".formatted(account, amount, currency));
      } else if (account.contains(":")) {
        ofOrganizations.merge(account.substring(account.indexOf(':') + 1), amount, Long::sum);
      }
    }
    sums.forEach((currency, sum) -> {
      if (sum != 0) {
        wrong.add("the ledger's %s accounts sum to %d".formatted(currency, sum));
      }
    });
    theLedgerIsWhatStripeSays(wrong, stripe);
    for (Organization organization : world.organizations()) {
      long ledger = -ofOrganizations.getOrDefault(organization.id().toString(), 0L);
      long balance = organization.balanceMinor();
      if (ledger != balance) {
        wrong.add(
            "organization %s has %d in the ledger and %d in its balance"
                .formatted(organization.id(), ledger, balance));
      }
    }
  }

  private void theLedgerIsWhatStripeSays(List<String> wrong, Map<String, Long> ledger) {
    for (JsonNode balance : world.stripe().state().get("balances")) {
      String currency = balance.get("currency").asString().toUpperCase(Locale.ROOT);
      long total = balance.get("total").asLong();
      if (total != balance.get("balanceTransactionsNet").asLong()
          || total != balance.get("objectsNet").asLong()) {
        wrong.add("stripe contradicts itself: " + balance);
      }
      if (total != ledger.getOrDefault(currency, 0L)) {
        wrong.add(
            "stripe has %d %s and the ledger says %d"
                .formatted(total, currency, ledger.getOrDefault(currency, 0L)));
      }
    }
  }

  private void theAuditLogIsWhole(List<String> wrong) {
    JsonNode verification =
        world.admin().api().get("/api/v1/audit-log/verification").expect(200).json();
    if (!verification.get("intact").asBoolean()) {
      wrong.add("the audit log is broken: " + verification);
    }
  }
}
