package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.payout.stripe.ConnectedMoney.BankPayout;
import io.cpdevents.payout.stripe.ConnectedMoney.Movement;
import io.cpdevents.payout.stripe.ConnectedMoney.Transfer;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money that an organization has earned, on its way to its bank: set aside by billing, transferred
 * to the organization's account at Stripe, and paid out from there. What is sent to Stripe is saved
 * before it is sent. Pure: it decides, and its repository saves what it answers.
 *
 * @param amount what the organization gets
 * @param hold null when it is not held
 */
record Payout(
    UUID id,
    UUID organizationId,
    Money amount,
    Instant requestedAt,
    PayoutStatus status,
    Route route,
    Outcome outcome,
    @Nullable Hold hold) {

  /** Why and since when nothing of it is sent. */
  record Hold(String reason, Instant heldAt) {}

  /**
   * How it goes.
   *
   * @param accountId Stripe's id of the organization's account; null until it is decided
   * @param transferMinor what has to be transferred; the rest lies on the account already
   * @param transfer the attempt to transfer it
   * @param bank the attempt to pay it out
   */
  record Route(
      @Nullable String accountId, @Nullable Long transferMinor, Attempt transfer, Attempt bank) {

    private static final Route OPEN = new Route(null, null, Attempt.FIRST, Attempt.FIRST);

    private Route withTransfer(Attempt attempt) {
      return new Route(accountId, transferMinor, attempt, bank);
    }

    private Route withBank(Attempt attempt) {
      return new Route(accountId, transferMinor, transfer, attempt);
    }
  }

  /**
   * One step at Stripe.
   *
   * @param number rises when Stripe has refused for now, so that the next has a key of its own
   * @param sentAt when it was sent first; null before that
   * @param stripeId what Stripe has made; null until it has answered
   */
  record Attempt(int number, @Nullable Instant sentAt, @Nullable String stripeId) {

    private static final Attempt FIRST = new Attempt(1, null, null);

    private Attempt sent(Instant now) {
      return sentAt == null ? new Attempt(number, now, stripeId) : this;
    }

    private Attempt next() {
      return new Attempt(number + 1, null, null);
    }

    /** It counts as sent, so that it is looked for before it is made. */
    private Attempt underAnotherKey(Instant now) {
      boolean wornOut = sentAt != null && sentAt.plus(MAX_KEY_TIME).isBefore(now);
      return wornOut ? new Attempt(number + 1, now, null) : this;
    }

    private Attempt made(String id) {
      return new Attempt(number, sentAt, id);
    }
  }

  /**
   * How it stands or ended.
   *
   * @param waitsFor why it does not go on at the moment; null when it does
   * @param arrivesOn when Stripe expects it at the bank
   * @param failureReason Stripe's code or ours
   */
  record Outcome(
      @Nullable WaitsFor waitsFor,
      @Nullable Instant arrivesOn,
      @Nullable String failureReason,
      @Nullable Instant paidAt) {

    private static final Outcome OPEN = new Outcome(null, null, null, null);
  }

  /** Where a payout can be called off. */
  enum CallOff {
    /** Its next step is not sent to Stripe. */
    HERE,
    /** Stripe may not have submitted it to the bank. */
    AT_STRIPE,
    /** Nowhere: a step is under way at Stripe, or it has ended. */
    TOO_LATE,
    /** It was called off. */
    DONE
  }

  /** The payout after something happened, and what is told about it. */
  record Step(Payout payout, Optional<PayoutEvent> told) {}

  /** A key is given up after this time, because Stripe may have stored a failure under it. */
  private static final Duration MAX_KEY_TIME = Duration.ofMinutes(10);

  /** The organization has ended the connection of its account while money was on its way. */
  static final String ACCOUNT_DISCONNECTED = "account-disconnected";

  /** A payout that is about to be set aside. */
  static Payout requested(UUID id, UUID organizationId, Money amount, Instant now) {
    return new Payout(
        id, organizationId, amount, now, PayoutStatus.REQUESTED, Route.OPEN, Outcome.OPEN, null);
  }

  /** Billing has set the amount aside. Empty when that is known, or it is over. */
  Optional<Payout> reserved() {
    return switch (PayoutStatus.TRANSITIONS.next(status, PayoutTrigger.RESERVED)) {
      case Changed<PayoutStatus>(PayoutStatus to, _) -> Optional.of(with(to, route, outcome));
      case Ignored<PayoutStatus> _ -> Optional.empty();
    };
  }

  /** Billing has refused. */
  Step refused(Instant now) {
    return ended(PayoutTrigger.REFUSED, "balance-changed", null, now);
  }

  /** Nothing of it is sent until it is released. */
  Payout held(String reason, Instant now) {
    return new Payout(
        id, organizationId, amount, requestedAt, status, route, outcome, new Hold(reason, now));
  }

  /** It goes on. */
  Payout released() {
    return new Payout(id, organizationId, amount, requestedAt, status, route, outcome, null);
  }

  /** Whether it waits for somebody to release it. */
  boolean isHeld() {
    return hold != null && !isSentToBank();
  }

  /** Whether it is too late to hold it: it is on its way to the bank, or over. */
  boolean isSentToBank() {
    return switch (status) {
      case REQUESTED, RESERVED -> false;
      case TRANSFERRED -> route.bank().sentAt() != null;
      case IN_TRANSIT, UNCONFIRMED, PAID, FAILED, CANCELLED -> true;
    };
  }

  /** Whether the next step at Stripe is still to be sent, so that it can be called off here. */
  boolean awaitsItsNextStep() {
    return switch (status) {
      case REQUESTED -> true;
      case RESERVED -> route.transfer().sentAt() == null;
      case TRANSFERRED -> route.bank().sentAt() == null;
      case IN_TRANSIT, UNCONFIRMED, PAID, FAILED, CANCELLED -> false;
    };
  }

  /** Where it can be called off. */
  CallOff callOff() {
    return switch (status) {
      case REQUESTED, RESERVED, TRANSFERRED ->
          awaitsItsNextStep() ? CallOff.HERE : CallOff.TOO_LATE;
      case IN_TRANSIT -> CallOff.AT_STRIPE;
      case UNCONFIRMED, PAID, FAILED -> CallOff.TOO_LATE;
      case CANCELLED -> CallOff.DONE;
    };
  }

  /** Whether a step at Stripe is what it needs. */
  boolean isToBeSent() {
    return status == PayoutStatus.RESERVED || status == PayoutStatus.TRANSFERRED;
  }

  /** Whether it has ended, and may have left money on the account to which it was sent. */
  boolean hasLeftMoney() {
    return (status == PayoutStatus.FAILED || status == PayoutStatus.CANCELLED)
        && route.accountId() != null;
  }

  /** How often Stripe has refused it for now. */
  int refusals() {
    return route.transfer().number() + route.bank().number() - 2;
  }

  /**
   * How the money goes is decided; once decided it stays.
   *
   * @param lying what lies on the account already, from payouts that have failed
   */
  Payout routed(String accountId, Money lying) {
    if (route.accountId() != null) {
      return this;
    }
    long transferMinor = Math.max(0, Math.subtractExact(amount.amountMinor(), lying.amountMinor()));
    return with(status, new Route(accountId, transferMinor, Attempt.FIRST, Attempt.FIRST), outcome);
  }

  /** Whether nothing has to be transferred. */
  boolean liesOnTheAccount() {
    return route.transferMinor() != null && route.transferMinor() == 0;
  }

  /** The transfer to make. */
  Movement transfer() {
    return new Movement(
        id,
        organizationId,
        route.transfer().number(),
        accountId(),
        new Money(Objects.requireNonNull(route.transferMinor()), amount.currency()),
        "transfer:%s:%d".formatted(id, route.transfer().number()));
  }

  /** The payout to make at Stripe. */
  Movement bankPayout() {
    return new Movement(
        id,
        organizationId,
        route.bank().number(),
        accountId(),
        amount,
        "payout:%s:%d".formatted(id, route.bank().number()));
  }

  /** Stripe's id of the organization's account. */
  String accountId() {
    return Objects.requireNonNull(route.accountId());
  }

  /** The transfer is about to be sent. */
  Payout sendingTransfer(Instant now) {
    return with(status, route.withTransfer(route.transfer().sent(now)), outcome);
  }

  /** Stripe's payout is about to be sent. */
  Payout sendingBankPayout(Instant now) {
    return with(status, route.withBank(route.bank().sent(now)), outcome);
  }

  /** Stripe has refused the transfer because the platform has too little at the moment. */
  Payout waitsForPlatform() {
    return with(
        status, route.withTransfer(route.transfer().next()), waitingFor(WaitsFor.PLATFORM_BALANCE));
  }

  /** Stripe has refused its payout because the account has too little at the moment. */
  Payout waitsForAccount() {
    return with(status, route.withBank(route.bank().next()), waitingFor(WaitsFor.ACCOUNT_BALANCE));
  }

  /** Stripe has failed at the transfer; when it does so for long, another key is next. */
  Payout transferGoesWrong(Instant now) {
    return with(status, route.withTransfer(route.transfer().underAnotherKey(now)), outcome);
  }

  /** Stripe has failed at its payout; when it does so for long, another key is next. */
  Payout bankPayoutGoesWrong(Instant now) {
    return with(status, route.withBank(route.bank().underAnotherKey(now)), outcome);
  }

  /** Less lies on the account than payouts that failed have left there. */
  Payout waitsForWhatLies() {
    return with(status, route, waitingFor(WaitsFor.ACCOUNT_BALANCE));
  }

  private static Outcome waitingFor(WaitsFor reason) {
    return new Outcome(reason, null, null, null);
  }

  /**
   * All of it lies on the organization's account.
   *
   * @param transfer null when nothing had to be transferred
   */
  Step transferred(@Nullable Transfer transfer) {
    boolean isOver = status == PayoutStatus.FAILED || status == PayoutStatus.CANCELLED;
    if (isOver && transfer == null) {
      return new Step(this, Optional.empty());
    }
    return switch (PayoutStatus.TRANSITIONS.next(status, PayoutTrigger.TRANSFERRED)) {
      case Ignored<PayoutStatus> _ -> new Step(this, Optional.empty());
      case Changed<PayoutStatus>(PayoutStatus to, _) ->
          transfer == null
              ? new Step(with(to, route, Outcome.OPEN), Optional.empty())
              : new Step(
                  with(
                      to,
                      route.withTransfer(route.transfer().made(transfer.id())),
                      isOver ? outcome : Outcome.OPEN),
                  Optional.of(told(transfer)));
    };
  }

  private PayoutTransferred told(Transfer transfer) {
    return new PayoutTransferred(
        id,
        organizationId,
        amount.toAmount(),
        transfer().amount().toAmount(),
        transfer.id(),
        transfer.balanceTransactionId(),
        transfer.createdAt(),
        accountId());
  }

  /** It is on its way to the bank. */
  Step sent(BankPayout made, Instant now) {
    return switch (PayoutStatus.TRANSITIONS.next(status, PayoutTrigger.SENT)) {
      case Ignored<PayoutStatus> _ -> new Step(this, Optional.empty());
      case Changed<PayoutStatus>(PayoutStatus to, _) ->
          new Step(
              with(
                  to,
                  route.withBank(route.bank().made(made.id())),
                  new Outcome(null, made.arrivesOn(), null, null)),
              Optional.of(
                  new PayoutSent(
                      id,
                      organizationId,
                      amount.toAmount(),
                      made.id(),
                      made.balanceTransactionId(),
                      made.arrivesOn(),
                      now,
                      accountId())));
    };
  }

  /** Stripe has told how its payout stands. */
  Step found(BankPayout told, Instant now) {
    return switch (told.status()) {
      case UNDER_WAY -> new Step(this, Optional.empty());
      case PAID -> paid(now);
      case FAILED ->
          ended(
              PayoutTrigger.FAILED,
              Objects.requireNonNullElse(told.failureCode(), "could_not_process"),
              told.failureBalanceTransactionId(),
              now);
      case CANCELED -> cancelled(told.failureBalanceTransactionId(), now);
    };
  }

  /**
   * Somebody has called it off.
   *
   * @param balanceTransactionId what gave the money back to the organization's account; null when
   *     it had not left it
   */
  Step cancelled(@Nullable String balanceTransactionId, Instant now) {
    return switch (PayoutStatus.TRANSITIONS.next(status, PayoutTrigger.CANCELLED)) {
      case Ignored<PayoutStatus> _ -> new Step(this, Optional.empty());
      case Changed<PayoutStatus>(PayoutStatus to, _) ->
          new Step(
              with(to, route, Outcome.OPEN),
              Optional.of(
                  new PayoutCancelled(
                      id, organizationId, amount.toAmount(), balanceTransactionId, now)));
    };
  }

  private Step paid(Instant now) {
    return switch (PayoutStatus.TRANSITIONS.next(status, PayoutTrigger.PAID)) {
      case Ignored<PayoutStatus> _ -> new Step(this, Optional.empty());
      case Changed<PayoutStatus>(PayoutStatus to, _) ->
          new Step(
              with(to, route, new Outcome(null, outcome.arrivesOn(), null, now)),
              Optional.of(new PayoutPaid(id, organizationId, amount.toAmount(), now)));
    };
  }

  /**
   * The organization has ended the connection of its account, so Stripe cannot be asked any more.
   */
  Payout unconfirmed() {
    return switch (PayoutStatus.TRANSITIONS.next(status, PayoutTrigger.DISCONNECTED)) {
      case Changed<PayoutStatus>(PayoutStatus to, _) -> with(to, route, outcome);
      case Ignored<PayoutStatus> _ -> this;
    };
  }

  /** People have found that it has arrived. */
  Step confirmed(Instant now) {
    return paid(now);
  }

  /**
   * People have found that it has not arrived: it lies on the account that is not connected any
   * more.
   *
   * @param settlementId their decision
   */
  Step notArrived(UUID settlementId, Instant now) {
    return ended(PayoutTrigger.FAILED, ACCOUNT_DISCONNECTED, "settlement:" + settlementId, now);
  }

  /** It will not be paid by this payout, which had not left the organization's account. */
  Step failed(String reason, Instant now) {
    return ended(PayoutTrigger.FAILED, reason, null, now);
  }

  private Step ended(
      PayoutTrigger trigger, String reason, @Nullable String balanceTransactionId, Instant now) {
    return switch (PayoutStatus.TRANSITIONS.next(status, trigger)) {
      case Ignored<PayoutStatus> _ -> new Step(this, Optional.empty());
      case Changed<PayoutStatus>(PayoutStatus to, _) ->
          new Step(
              with(to, route, new Outcome(null, outcome.arrivesOn(), reason, outcome.paidAt())),
              Optional.of(
                  new PayoutFailed(
                      id,
                      organizationId,
                      amount.toAmount(),
                      outcome.paidAt() != null,
                      reason,
                      FailureRemedy.of(reason).code(),
                      balanceTransactionId,
                      now)));
    };
  }

  private Payout with(PayoutStatus newStatus, Route newRoute, Outcome newOutcome) {
    return new Payout(
        id, organizationId, amount, requestedAt, newStatus, newRoute, newOutcome, hold);
  }
}
