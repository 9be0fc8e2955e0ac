package io.cpdevents.payout;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry as billing-service publishes it, of which a test says only what matters to it. */
public final class PostedEntry {

  private final UUID organizationId;
  private final String journalKind;
  private final MoneyAmount amount;
  private final Instant occurredAt;
  private String account = "organization";
  private @Nullable UUID eventId;
  private @Nullable UUID registrationId;
  private @Nullable UUID paymentId;
  private @Nullable UUID refundId;
  private @Nullable UUID disputeId;
  private @Nullable UUID payoutId;
  private @Nullable MoneyAmount platformFee;

  PostedEntry(UUID organizationId, String journalKind, MoneyAmount amount, Instant occurredAt) {
    this.organizationId = organizationId;
    this.journalKind = journalKind;
    this.amount = amount;
    this.occurredAt = occurredAt;
  }

  /** On {@code held} or {@code in-payout} instead of {@code organization}. */
  public PostedEntry on(String ledgerAccount) {
    account = ledgerAccount;
    return this;
  }

  public PostedEntry ofEvent(@Nullable UUID id) {
    eventId = id;
    return this;
  }

  public PostedEntry ofRegistration(UUID id) {
    registrationId = id;
    return this;
  }

  public PostedEntry ofPayment(UUID id) {
    paymentId = id;
    return this;
  }

  public PostedEntry ofRefund(UUID id) {
    refundId = id;
    return this;
  }

  public PostedEntry ofDispute(UUID id) {
    disputeId = id;
    return this;
  }

  public PostedEntry ofPayout(UUID id) {
    payoutId = id;
    return this;
  }

  /** What the platform earned by the same journal, in the currency of the entry. */
  public PostedEntry withPlatformFee(long feeMinor) {
    platformFee = new MoneyAmount(feeMinor, amount.currency());
    return this;
  }

  /** The fact, with ids of its own each time. */
  public OrganizationEntryPosted fact() {
    return new OrganizationEntryPosted(
        UUID.randomUUID(),
        UUID.randomUUID(),
        journalKind,
        organizationId,
        eventId,
        registrationId,
        paymentId,
        refundId,
        disputeId,
        payoutId,
        account,
        amount,
        occurredAt,
        platformFee);
  }
}
