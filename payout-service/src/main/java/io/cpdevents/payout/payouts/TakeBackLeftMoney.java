package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferReversed;
import io.cpdevents.payout.payouts.Payouts.LeftMoney;
import io.cpdevents.payout.stripe.ConnectedMoney;
import io.cpdevents.payout.stripe.ConnectedMoney.Movement;
import io.cpdevents.payout.stripe.ConnectedMoney.Reversal;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeInquiries;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What payouts have left on an account whose connection the organization has ended is taken back by
 * reversing their transfers, so that it can be paid through another account. What Stripe does not
 * give back is settled by people.
 */
@Component
public class TakeBackLeftMoney {

  private static final Logger log = LoggerFactory.getLogger(TakeBackLeftMoney.class);
  private static final int MAX_BATCH_ROWS = 20;
  private static final Duration RETRY_AFTER = Duration.ofMinutes(5);

  /**
   * A reversal that is about to be sent.
   *
   * @param sentBefore whether Stripe may have made it
   */
  private record Sending(Payout payout, Movement movement, boolean sentBefore) {

    String transferId() {
      return Objects.requireNonNull(payout.route().transfer().stripeId());
    }
  }

  private final Payouts payouts;
  private final TransferReversals reversals;
  private final ConnectedMoney stripe;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  TakeBackLeftMoney(
      Payouts payouts,
      TransferReversals reversals,
      ConnectedMoney stripe,
      Outbox outbox,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.payouts = payouts;
    this.reversals = reversals;
    this.stripe = stripe;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /** Takes back what a batch of payouts has left. Returns how many it had. */
  public int handle() {
    List<UUID> due = reversals.due(clock.instant(), MAX_BATCH_ROWS);
    for (UUID id : due) {
      StripeInquiries.ask("the reversal of payout " + id, () -> takeBack(id));
    }
    return due.size();
  }

  private void takeBack(UUID id) {
    Optional<Sending> prepared = Objects.requireNonNull(transaction.execute(_ -> prepare(id)));
    prepared.ifPresent(this::send);
  }

  /** Who settles what is left there by another way locks the requests too. */
  private Optional<Sending> prepare(UUID id) {
    Payout requested = payouts.find(id).orElseThrow();
    payouts.lockRequests(requested.organizationId(), requested.amount().currency());
    Payout payout = payouts.lock(id).orElseThrow();
    Instant nextTryAt = clock.instant().plus(RETRY_AFTER);
    Optional<TransferReversal> stored = reversals.find(id);
    if (stored.isPresent()) {
      return stored
          .get()
          .sentAgain(systemTime.now(), nextTryAt)
          .map(again -> sending(payout, again, true));
    }
    long leftMinor = leftMinor(payout);
    if (leftMinor <= 0) {
      reversals.save(TransferReversal.ofNothing(id, clock.instant(), systemTime.now()));
      return Optional.empty();
    }
    TransferReversal first =
        TransferReversal.sent(id, leftMinor, clock.instant(), systemTime.now(), nextTryAt);
    return Optional.of(sending(payout, first, false));
  }

  private Sending sending(Payout payout, TransferReversal reversal, boolean sentBefore) {
    reversals.save(reversal);
    return new Sending(payout, movement(payout, reversal), sentBefore);
  }

  /** At most its transfer: later payouts may have used it. */
  private long leftMinor(Payout payout) {
    String accountId = payout.accountId();
    long lyingMinor =
        LeftMoney.onMinor(
                payouts.leftMoney(payout.organizationId(), payout.amount().currency()), accountId)
            - reversals.underWayMinor(accountId, payout.amount().currency().getCurrencyCode());
    return Math.min(lyingMinor, Objects.requireNonNull(payout.route().transferMinor()));
  }

  private static Movement movement(Payout payout, TransferReversal reversal) {
    return new Movement(
        payout.id(),
        payout.organizationId(),
        reversal.attempt().number(),
        payout.accountId(),
        new Money(reversal.amountMinor(), payout.amount().currency()),
        reversal.idempotencyKey());
  }

  private void send(Sending sending) {
    UUID id = sending.payout().id();
    try {
      Optional<Reversal> before =
          sending.sentBefore()
              ? stripe.findReversal(sending.transferId(), sending.movement())
              : Optional.empty();
      Reversal made =
          before.orElseGet(() -> stripe.reverse(sending.transferId(), sending.movement()));
      transaction.executeWithoutResult(_ -> note(sending, made));
    } catch (StripeRefused refused) {
      log.warn("What payout {} has left is not taken back: {}", id, refused.getMessage());
      String because = Objects.requireNonNullElse(refused.code(), "refused-by-stripe");
      transaction.executeWithoutResult(_ -> lock(id).refused(because).ifPresent(reversals::save));
    }
  }

  private void note(Sending sending, Reversal made) {
    lock(sending.payout().id())
        .made(made.id())
        .ifPresent(reversal -> {
          reversals.save(reversal);
          outbox.append(reversed(sending, made));
        });
  }

  /** The reversal as it is now, under the lock of its payout. */
  private TransferReversal lock(UUID payoutId) {
    Payout locked = payouts.lock(payoutId).orElseThrow();
    return reversals.find(locked.id()).orElseThrow();
  }

  private static PayoutTransferReversed reversed(Sending sending, Reversal made) {
    Payout payout = sending.payout();
    return new PayoutTransferReversed(
        payout.id(),
        payout.organizationId(),
        payout.amount().toAmount(),
        sending.movement().amount().toAmount(),
        sending.transferId(),
        made.id(),
        made.balanceTransactionId(),
        made.createdAt());
  }
}
