package io.cpdevents.e2e.money;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Checkout;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Sandbox.DisputeAtStripe;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A registration of a scenario, with what was done at Stripe to pay it.
 *
 * @param number counts the bookings of a scenario
 * @param page the last page that was opened for it; null when none was
 * @param paidWith the card that has paid it; null when none has
 * @param slowPayment the payment intent for which a bank takes its time; null when none does
 * @param chargesPastThePage what was paid for it past the page
 * @param disputed whether its buyer, or the bank, has ever disputed the payment
 */
record Booking(
    int number,
    Registration registration,
    AtomicReference<@Nullable Checkout> page,
    AtomicReference<@Nullable Card> paidWith,
    AtomicReference<@Nullable String> slowPayment,
    Queue<String> chargesPastThePage,
    AtomicBoolean disputed) {

  /** Longer than a scenario takes. */
  private static final Duration A_SLOW_BANK = Duration.ofHours(6);

  static Booking of(int number, Registration registration) {
    return new Booking(
        number,
        registration,
        new AtomicReference<>(),
        new AtomicReference<>(),
        new AtomicReference<>(),
        new ConcurrentLinkedQueue<>(),
        new AtomicBoolean());
  }

  boolean isFree() {
    return registration.totalMinor() == 0;
  }

  boolean isPaid() {
    return paidWith.get() != null;
  }

  boolean isDisputed() {
    return disputed.get() || paidWith.get() == Card.IS_DISPUTED;
  }

  /** A part of its price. */
  long part(double share) {
    return roundMinor(registration.totalMinor() * share);
  }

  /** More than nothing, and a multiple of 10, which suits every currency. */
  static long roundMinor(double minor) {
    return Math.max(10, Math.round(minor / 10) * 10);
  }

  /** Tries a card, unless the platform opens no page. */
  void tryToPay(Card card) {
    open()
        .map(opened -> Decisions.expect(opened.triesToPayWith(card)))
        .filter(Answer::isSuccess)
        .ifPresent(_ -> paidWith.set(card));
  }

  /** Tries to pay through a bank that takes its time. */
  void tryToPaySlowly() {
    open()
        .map(opened -> Decisions.expect(opened.triesToPaySlowly(A_SLOW_BANK)))
        .filter(Answer::isSuccess)
        .ifPresent(answer -> slowPayment.set(answer.text("payment_intent")));
  }

  /** Pays past the page: for most a second time. */
  void tryToPayPastThePage() {
    Payment payment = registration.payment();
    Answer answer =
        Decisions.expect(
            registration
                .world()
                .stripe()
                .triesToPayPastThePage(
                    payment.id(), registration.totalMinor(), payment.currency()));
    if (answer.isSuccess()) {
      chargesPastThePage.add(answer.text("latest_charge"));
    }
  }

  /** The charge at Stripe that has paid its page; empty when none has. */
  Optional<String> chargeAtStripe() {
    return Optional.ofNullable(page.get())
        .flatMap(opened -> opened.stripe().chargeFor(opened.sessionId()));
  }

  /** All charges at Stripe that were made for it. */
  List<String> chargesAtStripe() {
    return Stream.concat(chargeAtStripe().stream(), chargesPastThePage.stream()).toList();
  }

  /** What its buyer disputes at the bank, decided or not. */
  Stream<DisputeAtStripe> disputesAtStripe() {
    return chargesAtStripe().stream()
        .flatMap(charge -> registration.world().stripe().disputesOf(charge).stream());
  }

  /** The refunds at Stripe of what has paid it. */
  Stream<JsonNode> refundsAtStripe() {
    return chargesAtStripe().stream()
        .flatMap(charge -> registration.world().stripe().refundsOf(charge).stream());
  }

  /** Whether a refund stands as succeeded that its bank is about to send back. */
  boolean waitsForReturnedRefund() {
    Card card = paidWith.get();
    return card == Card.REFUSES_REFUNDS
        && refundsAtStripe()
            .anyMatch(refund -> refund.path("status").asString().equals("succeeded"));
  }

  private Optional<Checkout> open() {
    Payment payment = registration.payment();
    Answer answer = Decisions.expect(payment.triesCheckout());
    if (!answer.isSuccess()) {
      return Optional.empty();
    }
    Checkout opened = payment.checkout(answer);
    page.set(opened);
    return Optional.of(opened);
  }

  @Override
  public String toString() {
    return "#%d (%s)".formatted(number, registration.reference());
  }
}
