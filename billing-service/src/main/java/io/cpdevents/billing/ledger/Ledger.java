package io.cpdevents.billing.ledger;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Posts journals: the only writer of the ledger. */
@Component
public class Ledger {

  private final JdbcClient jdbc;
  private final GuardedBalances balances;
  private final Outbox outbox;
  private final Clock clock;

  Ledger(JdbcClient jdbc, GuardedBalances balances, Outbox outbox, Clock clock) {
    this.jdbc = jdbc;
    this.balances = balances;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Posts a fact once, and tells what it means for organizations, in the caller's transaction. The
   * caller holds the lock of what the journal is about, if it is about something.
   *
   * @return the new journal; empty when this kind and business id have been posted before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<UUID> post(Journal journal) {
    UUID id = Ids.next();
    Instant now = clock.instant();
    if (!insert(id, journal, now)) {
      return Optional.empty();
    }
    balances.moveBeforeCommit(journal.postings());
    tellOrganizations(id, journal, now);
    return Optional.of(id);
  }

  /** The journal and its postings, in one statement: both or, when it has been posted, neither. */
  private boolean insert(UUID id, Journal journal, Instant now) {
    List<Posting> postings = journal.postings();
    JournalReferences about = journal.about();
    return jdbc.sql(
                """
                WITH added AS (
                    INSERT INTO journal (
                        id, kind, business_id, occurred_at, recorded_at, payment_id, refund_id,
                        dispute_id, payout_id)
                    VALUES (
                        :id, :kind, :businessId, :now, :now, :paymentId, :refundId,
                        :disputeId, :payoutId)
                    ON CONFLICT (kind, business_id) DO NOTHING
                    RETURNING id)
                INSERT INTO posting (journal_id, position, account, currency, amount_minor)
                SELECT added.id, line.position, line.account, line.currency, line.amount
                FROM added CROSS JOIN unnest(:accounts, :currencies, :amounts) WITH ORDINALITY
                    AS line (account, currency, amount, position)
                """)
            .param("id", id)
            .param("kind", Parameters.constant(journal.kind()))
            .param("businessId", journal.businessId())
            .param("now", Parameters.instant(now))
            .param("paymentId", Parameters.uuid(about.paymentId()))
            .param("refundId", Parameters.uuid(about.refundId()))
            .param("disputeId", Parameters.uuid(about.disputeId()))
            .param("payoutId", Parameters.uuid(about.payoutId()))
            .param("accounts", Parameters.texts(postings, posting -> posting.account().name()))
            .param("currencies", Parameters.texts(postings, Ledger::currency))
            .param("amounts", Parameters.bigints(postings, Ledger::amountMinor))
            .update()
        > 0;
  }

  private static String currency(Posting posting) {
    return Parameters.currency(posting.amount().currency());
  }

  private static long amountMinor(Posting posting) {
    return posting.amount().amountMinor();
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
    JournalReferences about = journal.about();
    @Nullable UUID organizationId = posting.account().organizationId();
    return new OrganizationEntryPosted(
        journalId,
        Ids.next(),
        ContractsJson.kebabCase(journal.kind()),
        Objects.requireNonNull(organizationId),
        about.eventId(),
        about.registrationId(),
        about.paymentId(),
        about.refundId(),
        about.disputeId(),
        about.payoutId(),
        posting.account().kindName(),
        credit.toAmount(),
        now);
  }
}
