package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payoutaccounts.AskReadiness;
import io.cpdevents.payout.payouts.Payout.Step;
import io.cpdevents.payout.payouts.Payouts.Lying;
import io.cpdevents.payout.stripe.ConnectedMoney;
import io.cpdevents.payout.stripe.ConnectedMoney.BankPayout;
import io.cpdevents.payout.stripe.ConnectedMoney.Movement;
import io.cpdevents.payout.stripe.ConnectedMoney.Transfer;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The money of a payout goes to the organization's account at Stripe, and from there to its bank.
 * Each step is saved before and after it is sent, so that whoever continues after a crash sends the
 * same again under the same key, and asks Stripe first what became of it.
 */
@Component
public class SendPayout {

  private static final Logger log = LoggerFactory.getLogger(SendPayout.class);

  /** For clocks that differ. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

  private final Payouts payouts;
  private final AdvancePayout advance;
  private final AskReadiness askReadiness;
  private final ConnectedMoney stripe;
  private final Clock clock;
  private final SystemTime systemTime;

  SendPayout(
      Payouts payouts,
      AdvancePayout advance,
      AskReadiness askReadiness,
      ConnectedMoney stripe,
      Clock clock,
      SystemTime systemTime) {
    this.payouts = payouts;
    this.advance = advance;
    this.askReadiness = askReadiness;
    this.stripe = stripe;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Takes the payout as far as it goes.
   *
   * @throws StripeUnavailable when the outcome of a step is not known: the same has to be done
   *     again
   * @throws StripeRefused when a balance has too little at the moment: the same has to be done
   *     again
   */
  public void handle(UUID payoutId) {
    Payout payout = payouts.find(payoutId).orElseThrow();
    if (payout.status() == PayoutStatus.RESERVED) {
      payout = transfer(payout);
    }
    if (payout.status() == PayoutStatus.TRANSFERRED) {
      payOut(payout);
    }
  }

  private Payout transfer(Payout payout) {
    boolean sentBefore = payout.route().transfer().sentAt() != null;
    Payout sending = sentBefore ? payout : prepareTransfer(payout);
    if (sending.status() != PayoutStatus.RESERVED) {
      return sending;
    }
    if (sending.liesOnTheAccount()) {
      return advance.handle(payout.id(), current -> current.transferred(null));
    }
    Movement movement = sending.transfer();
    Optional<Transfer> made = sentBefore ? stripe.findTransfer(movement) : Optional.empty();
    try {
      Transfer transfer = made.orElseGet(() -> stripe.transfer(movement));
      return advance.handle(payout.id(), current -> current.transferred(transfer));
    } catch (StripeRefused refused) {
      boolean waits = isForNow(refused);
      advance.handle(
          payout.id(),
          current -> {
            boolean isCurrent =
                current.status() == PayoutStatus.RESERVED
                    && current.route().transfer().number() == movement.attempt();
            if (!isCurrent) {
              return new Step(current, Optional.empty());
            }
            return waits
                ? new Step(current.waitsForPlatform(), Optional.empty())
                : current.failed(reason(refused), clock.instant());
          });
      return again(payout.id(), waits, refused);
    }
  }

  /** Decides how the money goes, and that it is sent now; or ends the payout. */
  private Payout prepareTransfer(Payout payout) {
    Optional<String> accountId =
        askReadiness.handle(payout.organizationId(), payout.amount().currency());
    if (accountId.isEmpty()) {
      return end(payout, "account-not-ready");
    }
    List<Lying> lying = payouts.lying(payout.organizationId(), payout.amount().currency());
    boolean elsewhere =
        lying.stream()
            .anyMatch(each -> each.amountMinor() != 0 && !each.accountId().equals(accountId.get()));
    String routed = payout.route().accountId();
    if (elsewhere || (routed != null && !routed.equals(accountId.get()))) {
      // Money of ours lies on an account that is not the organization's any more: a person decides.
      return end(payout, "account-changed");
    }
    Money ours =
        new Money(lying.stream().mapToLong(Lying::amountMinor).sum(), payout.amount().currency());
    requireThere(accountId.get(), ours);
    return advance.handle(
        payout.id(),
        current ->
            new Step(
                current.status() == PayoutStatus.RESERVED
                    ? current.routed(accountId.get(), ours).sendingTransfer(systemTime.now())
                    : current,
                Optional.empty()));
  }

  /** Nothing is sent while the account has less than we count on: that is nobody's to guess. */
  private void requireThere(String accountId, Money ours) {
    Money available = stripe.available(accountId, ours.currency());
    if (ours.isPositive() && available.compareTo(ours) < 0) {
      log.error("{} has {} available, and {} of ours should lie there", accountId, available, ours);
      throw new StripeUnavailable("the money that lies on " + accountId, null);
    }
  }

  /** Ends a payout of which nothing has been sent. */
  private Payout end(Payout payout, String reason) {
    return advance.handle(
        payout.id(),
        current ->
            current.status() == PayoutStatus.RESERVED && current.route().transfer().sentAt() == null
                ? current.failed(reason, clock.instant())
                : new Step(current, Optional.empty()));
  }

  private void payOut(Payout payout) {
    boolean sentBefore = payout.route().bank().sentAt() != null;
    Payout sending =
        sentBefore
            ? payout
            : advance.handle(
                payout.id(),
                current ->
                    new Step(
                        current.status() == PayoutStatus.TRANSFERRED
                            ? current.sendingBankPayout(systemTime.now())
                            : current,
                        Optional.empty()));
    if (sending.status() != PayoutStatus.TRANSFERRED) {
      return;
    }
    Movement movement = sending.bankPayout();
    Optional<BankPayout> made =
        sentBefore ? stripe.findPayOut(movement, createdFrom(sending)) : Optional.empty();
    try {
      BankPayout bankPayout = made.orElseGet(() -> stripe.payOut(movement));
      advance.handle(payout.id(), current -> current.sent(bankPayout, clock.instant()));
    } catch (StripeRefused refused) {
      boolean waits = isForNow(refused);
      advance.handle(
          payout.id(),
          current -> {
            boolean isCurrent =
                current.status() == PayoutStatus.TRANSFERRED
                    && current.route().bank().number() == movement.attempt();
            if (!isCurrent) {
              return new Step(current, Optional.empty());
            }
            return waits
                ? new Step(current.waitsForAccount(), Optional.empty())
                : current.failed(reason(refused), clock.instant());
          });
      again(payout.id(), waits, refused);
    }
  }

  /** What waits has to be tried again; what has failed is over. */
  private Payout again(UUID payoutId, boolean waits, StripeRefused refused) {
    if (waits) {
      throw refused;
    }
    log.warn("Payout {} has failed: {}", payoutId, refused.getMessage());
    return payouts.find(payoutId).orElseThrow();
  }

  private static Instant createdFrom(Payout payout) {
    return payout.requestedAt().minus(CLOCK_TOLERANCE);
  }

  private static boolean isForNow(StripeRefused refused) {
    return ConnectedMoney.BALANCE_INSUFFICIENT.equals(refused.code());
  }

  private static String reason(StripeRefused refused) {
    String code = refused.code();
    return code == null ? "refused-by-stripe" : code;
  }
}
