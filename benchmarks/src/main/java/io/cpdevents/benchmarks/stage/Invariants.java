package io.cpdevents.benchmarks.stage;

import io.cpdevents.contracts.ContractsJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;

/**
 * What must be true once nothing is under way, and how long that takes. A sentence for everything
 * that is wrong.
 */
public final class Invariants {

  /** Nothing may be under way for longer. */
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(60);

  /** What is late all the same gets this long, so that it does not spoil the next run. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int IDS_AT_ONCE = 10_000;
  private static final String CONFIRMATION = "Your tickets for";
  private static final Set<String> EMPTY_WHEN_QUIET =
      Set.of("awaiting-stripe", "refunds", "suspense");
  private static final double NANOS_PER_SECOND = 1e9;

  private final Stage stage;
  private final Map<String, Integer> confirmationMails = new HashMap<>();
  private long mailFileRead;

  /** For one platform from its first run on. */
  public Invariants(Stage stage) {
    this.stage = stage;
  }

  /** Waits until nothing is under way; the seconds that it took. */
  public double awaitQuiet() {
    long began = System.nanoTime();
    boolean quiet = Wait.isSoWithin(PATIENCE, () -> underWay().findAny().isEmpty());
    double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
    return quiet ? seconds : Double.POSITIVE_INFINITY;
  }

  /**
   * Everything that is wrong.
   *
   * @param quietAfterSeconds what {@link #awaitQuiet()} said
   * @param acknowledged registrations that somebody was told of
   */
  public List<String> violations(double quietAfterSeconds, Collection<UUID> acknowledged) {
    List<String> wrong = new ArrayList<>(underWay().toList());
    if (quietAfterSeconds > QUIET_WITHIN.toSeconds()) {
      wrong.add(
          String.format(
              Locale.ROOT,
              "something was under way for %.0f s, more than %d",
              quietAfterSeconds,
              QUIET_WITHIN.toSeconds()));
    }
    placesAddUp(wrong);
    acknowledgedExistOnce(wrong, acknowledged);
    capturedPaymentsAreConfirmed(wrong);
    oneMailForEachConfirmation(wrong);
    try {
      theLedgerAddsUp(wrong);
    } catch (UncheckedIOException e) {
      // A platform that stays silent after a load is a finding, and no reason to lose the others.
      wrong.add("the gateway does not answer any more: " + e.getCause());
    }
    none(
        wrong,
        "registration",
        "holds are overdue by a minute",
        "SELECT count(*) FROM registration WHERE status = 'held' AND hold_expires_at < now() - interval '1 minute'");
    return wrong;
  }

  /**
   * What is not done yet. Who asks only whether there is something stops at the first: the looks
   * that cost more come later, and their CPU would count as the load's.
   */
  private Stream<String> underWay() {
    return Stream.<Consumer<List<String>>>of(
            this::rowsWait,
            this::stripeIsBusy,
            this::mailsAndConfirmationsAreEqual,
            this::consumersHaveReadAll)
        .flatMap(look -> {
          List<String> found = new ArrayList<>();
          look.accept(found);
          return found.stream();
        });
  }

  private void rowsWait(List<String> wrong) {
    for (String service : Databases.OF_SERVICES) {
      none(wrong, service, "outbox rows", "SELECT count(*) FROM outbox");
      none(wrong, service, "parked messages", "SELECT count(*) FROM parked_message");
      none(wrong, service, "parked keys", "SELECT count(*) FROM outbox_parked_key");
    }
    none(
        wrong,
        "notification",
        "mails are not sent",
        "SELECT count(*) FROM mail WHERE status <> 'sent'");
    none(
        wrong,
        "billing",
        "events of Stripe are not applied",
        "SELECT count(*) FROM stripe_event WHERE state IN ('RECEIVED', 'PARKED')");
  }

  private void stripeIsBusy(List<String> wrong) {
    JsonNode stripe = stage.sandbox().read("/_sandbox/state");
    if (stripe.get("deliveries").get("pending").asLong() > 0) {
      wrong.add("stripe: webhooks are under way");
    }
    if (stripe.get("chargesAwaitingBalanceTransaction").asLong() > 0) {
      wrong.add("stripe: charges have no balance transaction yet");
    }
  }

  private void none(List<String> wrong, String database, String what, String sql) {
    long count = stage.databases().number(database, sql);
    if (count > 0) {
      wrong.add("%s: %d %s".formatted(database, count, what));
    }
  }

  private void mailsAndConfirmationsAreEqual(List<String> wrong) {
    long confirmed =
        stage
            .databases()
            .number("registration", "SELECT count(*) FROM registration WHERE status = 'confirmed'");
    long mails =
        stage
            .databases()
            .number(
                "notification",
                "SELECT count(*) FROM mail WHERE template = 'registration-confirmation' AND status = 'sent'");
    if (confirmed != mails) {
      wrong.add("%d registrations are confirmed and %d have a mail".formatted(confirmed, mails));
    }
  }

  /** Behind the last record of a partition may be the marker of its transaction. */
  private void consumersHaveReadAll(List<String> wrong) {
    Properties settings = new Properties();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stage.kafka());
    try (Admin admin = Admin.create(settings)) {
      for (GroupListing group : admin.listGroups().all().get()) {
        Map<TopicPartition, OffsetAndMetadata> read =
            admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata().get();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        read.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> latest = admin.listOffsets(ends).all().get();
        long lag = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : latest.entrySet()) {
          OffsetAndMetadata own = read.get(end.getKey());
          if (own != null) {
            lag += Math.max(0, end.getValue().offset() - own.offset() - 1);
          }
        }
        if (lag > 0) {
          wrong.add("%s has %d records of Kafka to read".formatted(group.groupId(), lag));
        }
      }
    } catch (ExecutionException e) {
      wrong.add("Kafka does not tell what was read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void placesAddUp(List<String> wrong) {
    wrong.addAll(
        stage
            .databases()
            .rows(
                "registration",
                """
                SELECT e.id, e.taken, e.capacity, count(t.id)
                FROM event e
                LEFT JOIN registration r ON r.event_id = e.id AND r.status IN ('held', 'confirmed')
                LEFT JOIN ticket t ON t.registration_id = r.id
                GROUP BY e.id HAVING e.taken <> count(t.id) OR e.taken > e.capacity
                """,
                row ->
                    "event %s has taken %d of %d and %d live tickets"
                        .formatted(
                            row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4))));
    wrong.addAll(
        stage
            .databases()
            .rows(
                "registration",
                """
                SELECT tt.id, tt.taken, count(r.id)
                FROM ticket_type tt
                LEFT JOIN ticket t ON t.ticket_type_id = tt.id
                LEFT JOIN registration r
                  ON r.id = t.registration_id AND r.status IN ('held', 'confirmed')
                GROUP BY tt.id HAVING tt.taken <> count(r.id)
                """,
                row ->
                    "ticket type %s has taken %d and %d live tickets"
                        .formatted(row.getString(1), row.getLong(2), row.getLong(3))));
  }

  private void acknowledgedExistOnce(List<String> wrong, Collection<UUID> acknowledged) {
    List<UUID> all = new ArrayList<>(acknowledged);
    for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
      List<UUID> some = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE));
      long stored =
          stage
              .databases()
              .number(
                  "registration",
                  "SELECT count(*) FROM registration WHERE id = ANY (?)",
                  (Object) some.toArray(UUID[]::new));
      if (stored != some.size()) {
        wrong.add("%d of %d acknowledged registrations exist".formatted(stored, some.size()));
      }
    }
  }

  private void capturedPaymentsAreConfirmed(List<String> wrong) {
    Set<UUID> paid =
        new HashSet<>(
            stage
                .databases()
                .rows(
                    "billing",
                    """
                    SELECT p.registration_id FROM payment p
                    WHERE p.status = 'CAPTURED'
                      AND 1 = (SELECT count(*) FROM stripe_charge c
                               WHERE c.payment_id = p.id AND NOT c.quarantined)
                    """,
                    row -> row.getObject(1, UUID.class)));
    long captured =
        stage
            .databases()
            .number("billing", "SELECT count(*) FROM payment WHERE status = 'CAPTURED'");
    Set<UUID> confirmed =
        new HashSet<>(
            stage
                .databases()
                .rows(
                    "registration",
                    "SELECT id FROM registration WHERE status = 'confirmed' AND total_minor > 0",
                    row -> row.getObject(1, UUID.class)));
    if (captured != paid.size() || !paid.equals(confirmed)) {
      wrong.add(
          "%d payments are captured, %d of them with one charge; %d registrations with a price are confirmed"
              .formatted(captured, paid.size(), confirmed.size()));
    }
  }

  /** Reads only what was added since the last time. */
  private void oneMailForEachConfirmation(List<String> wrong) {
    try (FileChannel file = FileChannel.open(stage.mailFile());
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Channels.newInputStream(file.position(mailFileRead)),
                    StandardCharsets.UTF_8))) {
      mailFileRead = file.size();
      lines.lines().forEach(this::count);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the mails", e);
    }
    long twice = confirmationMails.values().stream().filter(copies -> copies > 1).count();
    if (twice > 0) {
      wrong.add("%d mails came more than once".formatted(twice));
    }
    long confirmed =
        stage
            .databases()
            .number("registration", "SELECT count(*) FROM registration WHERE status = 'confirmed'");
    if (confirmed != confirmationMails.size()) {
      wrong.add(
          "%d registrations are confirmed and %d confirmations are in the mailbox"
              .formatted(confirmed, confirmationMails.size()));
    }
  }

  private void count(String line) {
    JsonNode mail = ContractsJson.mapper().readTree(line);
    if (mail.get("subject").asString().startsWith(CONFIRMATION)) {
      confirmationMails.merge(mail.get("messageId").asString(), 1, Integer::sum);
    }
  }

  private void theLedgerAddsUp(List<String> wrong) {
    Map<String, Long> sums = new TreeMap<>();
    Map<String, Long> stripe = new TreeMap<>();
    long ofOrganization = 0;
    for (JsonNode line : stage.ledgerAccounts()) {
      String account = line.get("account").asString();
      String currency = line.get("currency").asString();
      long amount = line.get("amountMinor").asLong();
      sums.merge(currency, amount, Long::sum);
      if (account.equals("stripe")) {
        stripe.merge(currency, amount, Long::sum);
      } else if (EMPTY_WHEN_QUIET.contains(account) && amount != 0) {
        wrong.add("%s holds %d %s".formatted(account, amount, currency));
      } else if (account.endsWith(":" + stage.organizationId())) {
        ofOrganization += amount;
      }
    }
    sums.forEach((currency, sum) -> {
      if (sum != 0) {
        wrong.add("the ledger's %s accounts sum to %d".formatted(currency, sum));
      }
    });
    for (JsonNode balance : stage.sandbox().read("/_sandbox/state").get("balances")) {
      String currency = balance.get("currency").asString().toUpperCase(Locale.ROOT);
      long total = balance.get("total").asLong();
      if (total != stripe.getOrDefault(currency, 0L)) {
        wrong.add(
            "stripe has %d %s and the ledger says %d"
                .formatted(total, currency, stripe.getOrDefault(currency, 0L)));
      }
    }
    long balance = stage.balanceMinor();
    if (-ofOrganization != balance) {
      wrong.add(
          "the organization has %d in the ledger and %d in its balance"
              .formatted(-ofOrganization, balance));
    }
    none(
        wrong,
        "billing",
        "journals do not sum to zero",
        """
        SELECT count(*) FROM (
          SELECT 1 FROM posting GROUP BY journal_id, currency HAVING sum(amount_minor) <> 0) j
        """);
  }
}
