package io.cpdevents.billing.ledger;

import io.cpdevents.billing.database.Timestamps;
import io.cpdevents.contracts.billing.PaymentEvent.OrganizationEntryPosted;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Posts journals: the only writer of the ledger. */
@Component
public class Ledger {

  private record GuardedRow(String account, String currency) {}

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final Clock clock;

  Ledger(JdbcClient jdbc, Outbox outbox, Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Posts a fact once, and tells what it means for organizations, in the caller's transaction. The
   * caller holds the lock of the payment that it concerns.
   *
   * @return the new journal; empty when this kind and business id have been posted before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<UUID> post(Journal journal) {
    UUID id = Ids.next();
    Instant now = clock.instant();
    if (!insertJournal(id, journal, now)) {
      return Optional.empty();
    }
    insertPostings(id, journal.postings());
    moveBalances(journal.postings());
    tellOrganizations(id, journal, now);
    return Optional.of(id);
  }

  private boolean insertJournal(UUID id, Journal journal, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO journal (id, kind, business_id, occurred_at, recorded_at, payment_id)
                VALUES (:id, :kind, :businessId, :now, :now, :paymentId)
                ON CONFLICT (kind, business_id) DO NOTHING
                """)
            .param("id", id)
            .param("kind", journal.kind().text())
            .param("businessId", journal.businessId())
            .param("now", Timestamps.at(now))
            .param("paymentId", journal.paymentId(), Types.OTHER)
            .update()
        == 1;
  }

  private void insertPostings(UUID journalId, List<Posting> postings) {
    jdbc.sql(
            """
            INSERT INTO posting (journal_id, position, account, currency, amount_minor)
            SELECT :journalId, line.position, line.account, line.currency, line.amount
            FROM unnest(:accounts, :currencies, :amounts) WITH ORDINALITY
                AS line (account, currency, amount, position)
            """)
        .param("journalId", journalId)
        .param("accounts", postings.stream().map(p -> p.account().name()).toArray(String[]::new))
        .param(
            "currencies",
            postings.stream()
                .map(p -> p.amount().currency().getCurrencyCode())
                .toArray(String[]::new))
        .param("amounts", postings.stream().map(p -> p.amount().amountMinor()).toArray(Long[]::new))
        .update();
  }

  /** In sorted order, so that two journals cannot wait for each other. */
  private void moveBalances(List<Posting> postings) {
    Map<GuardedRow, Long> changes =
        new TreeMap<>(
            Comparator.comparing(GuardedRow::account).thenComparing(GuardedRow::currency));
    for (Posting posting : postings) {
      if (posting.account().isGuarded()) {
        changes.merge(
            new GuardedRow(posting.account().name(), posting.amount().currency().getCurrencyCode()),
            posting.amount().amountMinor(),
            Math::addExact);
      }
    }
    changes.forEach((row, change) ->
        jdbc.sql(
                """
                INSERT INTO account_balance (account, currency, amount_minor)
                VALUES (:account, :currency, :change)
                ON CONFLICT (account, currency)
                DO UPDATE SET amount_minor = account_balance.amount_minor + :change
                """)
            .param("account", row.account())
            .param("currency", row.currency())
            .param("change", change)
            .update());
  }

  private void tellOrganizations(UUID journalId, Journal journal, Instant now) {
    for (Posting posting : journal.postings()) {
      if (posting.account().isTold()) {
        outbox.append(entry(journalId, journal, posting, now));
      }
    }
  }

  private static OrganizationEntryPosted entry(
      UUID journalId, Journal journal, Posting posting, Instant now) {
    Money credit = posting.amount().negate();
    @Nullable UUID organizationId = posting.account().organizationId();
    return new OrganizationEntryPosted(
        Objects.requireNonNull(journal.paymentId()),
        Ids.next(),
        journalId,
        journal.kind().text(),
        Objects.requireNonNull(organizationId),
        journal.eventId(),
        posting.account().kindName(),
        credit.toAmount(),
        now);
  }
}
