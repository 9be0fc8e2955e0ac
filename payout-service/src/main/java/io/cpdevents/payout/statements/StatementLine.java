package io.cpdevents.payout.statements;

import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One part of what a payout pays. {@code gross − platformFee = net}.
 *
 * @param registrationId null when it is about none
 * @param reference the short name of the registration; null when it is about none
 * @param eventTitle null when it is about no event, or about one that is not known
 * @param gross negative: what went back to the buyer
 * @param platformFee negative: what the platform gave back of its fee
 * @param net what the organization gets by it; negative: what it has less
 */
public record StatementLine(
    Kind kind,
    @Nullable UUID registrationId,
    @Nullable String reference,
    @Nullable String eventTitle,
    Money gross,
    Money platformFee,
    Money net,
    Instant occurredAt) {

  /** What a line is about. */
  @Schema(name = "StatementLineKind")
  public enum Kind {
    /** Earlier payouts had left something, or had paid something that was taken back afterwards. */
    CARRIED_OVER,
    /** Somebody paid for a registration. */
    REGISTRATION,
    /** A payment, or a part of it, went back to its buyer; or was not owed any more. */
    REFUND,
    /** Money was set aside for a dispute, or came back from one. */
    DISPUTE,
    /** A correction. */
    OTHER;

    /**
     * The kind of line that an entry is.
     *
     * @param journalKind the kind of the entry's journal, for example {@code refund-accepted}
     */
    static Kind of(String journalKind) {
      if (journalKind.equals("payment-captured")) {
        return REGISTRATION;
      }
      if (journalKind.startsWith("refund-")) {
        return REFUND;
      }
      return journalKind.startsWith("dispute-") ? DISPUTE : OTHER;
    }
  }

  /** What earlier payouts had left. */
  static StatementLine carriedOver(Money amount, Instant at) {
    return new StatementLine(
        Kind.CARRIED_OVER, null, null, null, amount, Money.zero(amount.currency()), amount, at);
  }
}
