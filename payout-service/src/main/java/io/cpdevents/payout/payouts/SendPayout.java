package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payoutaccounts.AskReadiness;
import io.cpdevents.payout.payouts.Payout.Step;
import io.cpdevents.payout.payouts.Payouts.LeftMoney;
import io.cpdevents.payout.stripe.ConnectedMoney;
import io.cpdevents.payout.stripe.ConnectedMoney.BankPayout;
import io.cpdevents.payout.stripe.ConnectedMoney.Movement;
import io.cpdevents.payout.stripe.ConnectedMoney.Transfer;
import io.cpdevents.platform.jobs.BackOff;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.Disconnected;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
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

  /** How far our clock and the one of Stripe may differ. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

  /** The waits after Stripe has refused because a balance has too little. */
  private static final BackOff REFUSALS =
      new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(15));

  /** The wait of a payout that goes on when somebody has done something about it. */
  private static final Duration WAIT_FOR_PEOPLE = Duration.ofMinutes(1);

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
   * @return after what time to go on; empty when nothing of it is to be sent any more
   * @throws StripeUnavailable when the outcome of a step is not known: the same has to be done
   *     again
   */
  public Optional<Duration> handle(UUID payoutId) {
    Payout payout = payouts.find(payoutId).orElseThrow();
    if (payout.status() == PayoutStatus.RESERVED) {
      payout = transfer(payout);
    }
    if (payout.status() == PayoutStatus.TRANSFERRED) {
      payout = payOut(payout);
    }
    return payout.isToBeSent() ? Optional.of(waitOf(payout)) : Optional.empty();
  }

  private static Duration waitOf(Payout payout) {
    boolean isRefused = !payout.isHeld() && payout.refusals() > 0;
    return isRefused ? REFUSALS.after(payout.refusals()) : WAIT_FOR_PEOPLE;
  }

  private Payout transfer(Payout payout) {
    boolean sentBefore = payout.route().transfer().sentAt() != null;
    Payout sending = sentBefore ? payout : prepareTransfer(payout);
    if (sending.status() != PayoutStatus.RESERVED || sending.awaitsItsNextStep()) {
      return sending;
    }
    if (sending.liesOnTheAccount()) {
      return advance.handle(payout.id(), current -> current.transferred(null));
    }
    Movement movement = sending.transfer();
    Optional<Transfer> made =
        sentBefore || movement.attempt() > 1 ? stripe.findTransfer(movement) : Optional.empty();
    Predicate<Payout> isAtIt =
        current ->
            current.status() == PayoutStatus.RESERVED
                && current.route().transfer().number() == movement.attempt();
    try {
      Transfer transfer = made.orElseGet(() -> stripe.transfer(movement));
      return advance.handle(payout.id(), current -> current.transferred(transfer));
    } catch (StripeFailed failed) {
      changeIf(payout, isAtIt, current -> quietly(current.transferGoesWrong(systemTime.now())));
      throw failed;
    } catch (StripeRefused refused) {
      return changeIf(
          payout, isAtIt, current -> refused(current, refused, current.waitsForPlatform()));
    }
  }

  /** Decides how the money goes, and that it is sent now; or ends the payout, or lets it wait. */
  private Payout prepareTransfer(Payout payout) {
    if (payout.isHeld()) {
      return payout;
    }
    Optional<String> accountId =
        askReadiness.handle(payout.organizationId(), payout.amount().currency());
    if (accountId.isEmpty()) {
      return change(payout, current -> current.failed("account-not-ready", clock.instant()));
    }
    List<LeftMoney> lying = payouts.leftMoney(payout.organizationId(), payout.amount().currency());
    String routed = payout.route().accountId();
    if (LeftMoney.elsewhereMinor(lying, accountId.get()) > payouts.withheldMinor(payout.id())
        || (routed != null && !routed.equals(accountId.get()))) {
      // It was requested before the organization had another account. The next one counts what lies
      // on the former one.
      return change(payout, current -> current.failed("account-changed", clock.instant()));
    }
    Money ours = new Money(LeftMoney.onMinor(lying, accountId.get()), payout.amount().currency());
    if (!holdsEnough(accountId.get(), ours)) {
      return change(payout, current -> quietly(current.waitsForWhatLies()));
    }
    return change(
        payout,
        current ->
            quietly(current.routed(accountId.get(), ours).sendingTransfer(systemTime.now())));
  }

  /** Nothing is sent while the account has less than we count on: that is nobody's to guess. */
  private boolean holdsEnough(String accountId, Money ours) {
    Money available = stripe.available(accountId, ours.currency());
    if (ours.isPositive() && available.compareTo(ours) < 0) {
      log.error("{} has {} available, and {} of ours should lie there", accountId, available, ours);
      return false;
    }
    return true;
  }

  private Payout payOut(Payout payout) {
    boolean sentBefore = payout.route().bank().sentAt() != null;
    Payout sending =
        sentBefore
            ? payout
            : change(payout, current -> quietly(current.sendingBankPayout(systemTime.now())));
    if (sending.status() != PayoutStatus.TRANSFERRED || sending.awaitsItsNextStep()) {
      return sending;
    }
    Movement movement = sending.bankPayout();
    boolean mayBeMade = sentBefore || movement.attempt() > 1;
    Predicate<Payout> isAtIt =
        current ->
            current.status() == PayoutStatus.TRANSFERRED
                && current.route().bank().number() == movement.attempt();
    try {
      Optional<BankPayout> made =
          mayBeMade ? findMade(movement, createdFrom(sending)) : Optional.empty();
      BankPayout bankPayout = made.orElseGet(() -> stripe.payOut(movement));
      return advance.handle(payout.id(), current -> current.sent(bankPayout, clock.instant()));
    } catch (StripeFailed failed) {
      changeIf(payout, isAtIt, current -> quietly(current.bankPayoutGoesWrong(systemTime.now())));
      throw failed;
    } catch (StripeRefused refused) {
      return changeIf(
          payout, isAtIt, current -> refused(current, refused, current.waitsForAccount()));
    }
  }

  /** Only that the account is gone ends a payout that may have been made. */
  private Optional<BankPayout> findMade(Movement movement, Instant createdFrom) {
    try {
      return stripe.findPayOut(movement, createdFrom);
    } catch (StripeRefused refused) {
      if (Disconnected.CODE.equals(refused.code())) {
        throw refused;
      }
      throw new StripeUnavailable("list payouts", refused);
    }
  }

  /** Changes a payout, unless somebody has held or ended it, or gone on with it, meanwhile. */
  private Payout change(Payout payout, Function<Payout, Step> step) {
    return changeIf(
        payout,
        current ->
            current.status() == payout.status() && current.awaitsItsNextStep() && !current.isHeld(),
        step);
  }

  private Payout changeIf(Payout payout, Predicate<Payout> condition, Function<Payout, Step> step) {
    return advance.handle(
        payout.id(), current -> condition.test(current) ? step.apply(current) : quietly(current));
  }

  /** Nobody is told. */
  private static Step quietly(Payout payout) {
    return new Step(payout, Optional.empty());
  }

  /** A balance has too little at the moment, and the payout waits; or it is over. */
  private Step refused(Payout payout, StripeRefused refused, Payout waiting) {
    if (ConnectedMoney.BALANCE_INSUFFICIENT.equals(refused.code())) {
      return quietly(waiting);
    }
    log.warn("Payout {} has failed: {}", payout.id(), refused.getMessage());
    return payout.failed(reason(refused), clock.instant());
  }

  private static Instant createdFrom(Payout payout) {
    return payout.requestedAt().minus(CLOCK_TOLERANCE);
  }

  private static String reason(StripeRefused refused) {
    String code = refused.code();
    return code == null ? "refused-by-stripe" : code;
  }
}
