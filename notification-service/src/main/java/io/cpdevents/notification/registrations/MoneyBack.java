package io.cpdevents.notification.registrations;

import io.cpdevents.notification.registrations.RegistrationContent.CancellationContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.registrations.RegistrationContent.TierContent;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation means for the money that was paid for its tickets.
 *
 * @param refund what goes back; null when nothing does
 * @param kept what does not; null when everything goes back
 * @param tier of the refund policy that decided; null when none did
 */
record MoneyBack(@Nullable String refund, @Nullable String kept, @Nullable Tier tier) {

  /** Nothing was paid. */
  static final MoneyBack NONE = new MoneyBack(null, null, null);

  /** A share that goes back until so many hours before the start. */
  record Tier(String share, int untilHours) {

    private static Tier of(TierContent tier, Wording wording) {
      return new Tier(wording.share(tier.refundBasisPoints()), tier.untilHoursBeforeStart());
    }
  }

  /**
   * For tickets that were paid and then cancelled.
   *
   * @param refund null: nothing goes back
   */
  static MoneyBack of(List<TicketContent> cancelled, @Nullable Money refund, Wording wording) {
    Money kept =
        cancelled.stream()
            .map(TicketContent::total)
            .reduce(Money::plus)
            .map(paid -> refund == null ? paid : paid.minus(refund))
            .filter(Money::isPositive)
            .orElse(null);
    return new MoneyBack(
        refund == null ? null : wording.money(refund),
        kept == null ? null : wording.money(kept),
        cancelled.stream()
            .map(TicketContent::cancellation)
            .filter(Objects::nonNull)
            .map(CancellationContent::tier)
            .filter(Objects::nonNull)
            .findFirst()
            .map(tier -> Tier.of(tier, wording))
            .orElse(null));
  }
}
