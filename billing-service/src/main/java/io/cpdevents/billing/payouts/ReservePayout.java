package io.cpdevents.billing.payouts;

import io.cpdevents.billing.ledger.BookPayout;
import io.cpdevents.billing.ledger.LedgerQueries;
import io.cpdevents.billing.ledger.LockOrganizationBalance;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutRefused;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutReserved;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an organization is to be paid is set aside, if it has so much; else the payout is refused.
 */
@Component
public class ReservePayout {

  /** A payout that was requested. */
  public record Command(UUID payoutId, UUID organizationId, Money amount) {}

  private final LockOrganizationBalance lockBalance;
  private final LedgerQueries ledger;
  private final BookPayout bookPayout;
  private final Outbox outbox;
  private final Clock clock;

  ReservePayout(
      LockOrganizationBalance lockBalance,
      LedgerQueries ledger,
      BookPayout bookPayout,
      Outbox outbox,
      Clock clock) {
    this.lockBalance = lockBalance;
    this.ledger = ledger;
    this.bookPayout = bookPayout;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Sets it aside, once, and answers; a request that is told again gets the same answer. */
  @Transactional
  public void handle(Command command) {
    Money amount = command.amount();
    Money earned = lockBalance.handle(command.organizationId(), amount.currency());
    boolean isMade = ledger.isPayoutMade(command.payoutId());
    if (isMade || (amount.isPositive() && earned.compareTo(amount) >= 0)) {
      bookPayout.handle(new BookPayout.Made(command.payoutId(), command.organizationId(), amount));
      outbox.append(
          new PayoutReserved(
              command.payoutId(), command.organizationId(), amount.toAmount(), clock.instant()));
    } else {
      outbox.append(
          new PayoutRefused(
              command.payoutId(), command.organizationId(), amount.toAmount(), clock.instant()));
    }
  }
}
