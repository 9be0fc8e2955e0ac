package io.cpdevents.billing.ledger;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The ledger: whoever posts a journal does so here. */
@Component
public class Ledger {

  private final Journals journals;
  private final GuardedBalances balances;
  private final Outbox outbox;
  private final Clock clock;

  Ledger(Journals journals, GuardedBalances balances, Outbox outbox, Clock clock) {
    this.journals = journals;
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
    if (!journals.insert(id, journal, now)) {
      return Optional.empty();
    }
    balances.moveBeforeCommit(journal.postings());
    tellOrganizations(id, journal, now);
    return Optional.of(id);
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
        now,
        platformFee(journal, posting));
  }

  /** What the platform earned by the journal that gave this to an organization. */
  private static @Nullable MoneyAmount platformFee(Journal journal, Posting posting) {
    return posting.account().kind() == LedgerAccount.Kind.ORGANIZATION
        ? journal.creditedFees(posting.amount().currency()).toAmount()
        : null;
  }
}
