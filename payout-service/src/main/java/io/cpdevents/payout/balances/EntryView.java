package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.OpenWord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is shown. The entries of a figure add up to that figure.
 *
 * @param kind of the journal that it belongs to, for example {@code payment-captured}; the ledger
 *     may have more kinds
 * @param figure in which figure of the balance it counts now
 * @param amount positive: what the organization has more; negative: what it has less
 * @param paidOut what it adds to the balance's {@code paidOut}, negative when it came back; the sum
 *     of all entries is that figure
 * @param releasesAt when it counts as available, or has begun to; null when it is about no event,
 *     or about one that is not known
 */
@Schema(name = "BalanceEntry")
public record EntryView(
    UUID id,
    @Schema(pattern = OpenWord.FORM) String kind,
    LedgerAccount account,
    Figure figure,
    Money amount,
    Money paidOut,
    @Nullable UUID eventId,
    @Nullable UUID registrationId,
    @Nullable UUID paymentId,
    @Nullable UUID refundId,
    @Nullable UUID disputeId,
    @Nullable UUID payoutId,
    @Nullable Instant releasesAt,
    Instant occurredAt) {

  /** The figures of a balance. */
  public enum Figure {
    PENDING,
    AVAILABLE,
    RESERVED,
    IN_TRANSIT
  }

  /**
   * As it is shown.
   *
   * @param settled whether a payout that has not failed pays it, or the next one nets it
   */
  static EntryView of(Entry entry, boolean settled, @Nullable Instant releasesAt, Instant now) {
    Entry.References about = entry.references();
    return new EntryView(
        entry.id(),
        entry.journalKind(),
        entry.account(),
        figure(entry, settled, releasesAt, now),
        entry.amount(),
        new Money(entry.paidOutMinor(), entry.amount().currency()),
        about.eventId(),
        about.registrationId(),
        about.paymentId(),
        about.refundId(),
        about.disputeId(),
        about.payoutId(),
        releasesAt,
        entry.occurredAt());
  }

  private static Figure figure(
      Entry entry, boolean settled, @Nullable Instant releasesAt, Instant now) {
    return switch (entry.account()) {
      case HELD -> Figure.RESERVED;
      case IN_PAYOUT -> Figure.IN_TRANSIT;
      case ORGANIZATION -> {
        boolean released =
            settled
                || entry.references().eventId() == null
                || (releasesAt != null && !releasesAt.isAfter(now));
        yield released ? Figure.AVAILABLE : Figure.PENDING;
      }
    };
  }
}
