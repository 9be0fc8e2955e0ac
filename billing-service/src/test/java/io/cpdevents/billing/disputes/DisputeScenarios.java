package io.cpdevents.billing.disputes;

import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment, and what is told of a dispute of it, as the tests of disputes need them. */
final class DisputeScenarios {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Instant DUE = NOON.plus(Duration.ofDays(7));

  private DisputeScenarios() {}

  /** Two tickets for 60.00 and 40.00 CAD, with fees of 6.00 and 4.00. */
  static RefundablePayment payment(boolean feeRefundable) {
    return new RefundablePayment(
        Ids.next(),
        new PaidRegistration(Ids.next(), Ids.next(), Ids.next(), Ids.next(), "Wound care", NOON),
        cad(10_000),
        feeRefundable,
        "pi_1",
        false,
        List.of(
            PaymentLine.of(Ids.next(), "Standard", cad(6_000), cad(600)),
            PaymentLine.of(Ids.next(), "Student", cad(4_000), cad(400))));
  }

  static RefundablePayment payment() {
    return payment(true);
  }

  /** The same after a refund of this amount. */
  static RefundablePayment refunded(RefundablePayment payment, Money amount) {
    return payment.withRefunded(TicketShares.ofAmount(payment.lines(), true, amount));
  }

  private static RefundablePayment disputed(RefundablePayment payment, TicketShares shares) {
    List<PaymentLine> lines =
        payment.lines().stream()
            .map(line ->
                shares.tickets().stream()
                    .filter(share -> share.ticketId().equals(line.ticketId()))
                    .findFirst()
                    .map(line::withDisputed)
                    .orElse(line))
            .toList();
    return new RefundablePayment(
        payment.id(),
        payment.registration(),
        payment.captured(),
        payment.feeRefundable(),
        payment.paymentIntentId(),
        payment.isDisputed(),
        lines);
  }

  /** A dispute of 100.00 CAD that has moved nothing. */
  static Told told(String status) {
    return new Told(status, cad(10_000), DUE, 0, List.of());
  }

  static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }

  /** What Stripe says of the dispute. */
  record Told(
      String status, Money amount, @Nullable Instant dueBy, long submissions, List<Money> moved) {

    Told of(Money newAmount) {
      return new Told(status, newAmount, dueBy, submissions, moved);
    }

    Told dueBy(@Nullable Instant newDueBy) {
      return new Told(status, amount, newDueBy, submissions, moved);
    }

    Told submitted() {
      return new Told(status, amount, dueBy, submissions + 1, moved);
    }

    /** One more balance transaction; negative: withdrawn. */
    Told moving(Money more) {
      List<Money> all = new ArrayList<>(moved);
      all.add(more);
      return new Told(status, amount, dueBy, submissions, all);
    }

    /** The whole amount was withdrawn. */
    Told withdrawn() {
      return moving(amount.negate());
    }

    StripeDispute stripe() {
      List<StripeBalanceTransaction> transactions = new ArrayList<>();
      for (int i = 0; i < moved.size(); i++) {
        Money each = moved.get(i);
        long feeMinor = each.isNegative() ? 1_500 : 0;
        transactions.add(
            new StripeBalanceTransaction(
                "txn_" + i,
                "adjustment",
                "du_1",
                each.currency().getCurrencyCode(),
                each.amountMinor(),
                feeMinor,
                each.amountMinor() - feeMinor,
                NOON));
      }
      return new StripeDispute(
          "du_1",
          status,
          "ch_1",
          "pi_1",
          amount.amountMinor(),
          amount.currency().getCurrencyCode(),
          "product_not_received",
          dueBy,
          submissions,
          NOON,
          transactions);
    }
  }

  /** A payment and its dispute, as effect after effect changes them. */
  static final class Course {
    private RefundablePayment payment;
    private @Nullable Dispute dispute;
    private int openDisputes;
    private final UUID newId = Ids.next();

    Course(RefundablePayment payment) {
      this.payment = payment;
    }

    DisputeFacts facts() {
      return new DisputeFacts(payment, dispute);
    }

    RefundablePayment payment() {
      return payment;
    }

    Dispute dispute() {
      return Objects.requireNonNull(dispute);
    }

    /** How many open disputes the payment counts. */
    int openDisputes() {
      return openDisputes;
    }

    /** Stripe tells it, and what is decided is done. */
    List<DisputeEffect> on(Told told) {
      return on(told, NOON);
    }

    List<DisputeEffect> on(Told told, Instant now) {
      List<DisputeEffect> effects =
          DisputeDecision.onStripeDispute(facts(), told.stripe(), newId, now);
      effects.forEach(this::apply);
      return effects;
    }

    /** A refund is accepted. */
    void refund(Money amount) {
      payment = refunded(payment, amount);
    }

    void apply(DisputeEffect effect) {
      switch (effect) {
        case DisputeEffect.Save save -> dispute = save.dispute();
        case DisputeEffect.Take take ->
            payment = disputed(payment.withoutDisputed(take.before()), take.after());
        case DisputeEffect.BlockRefunds _ -> openDisputes++;
        case DisputeEffect.UnblockRefunds _ -> openDisputes--;
        case DisputeEffect.Insert _,
            DisputeEffect.Book _,
            DisputeEffect.BookUnexplained _,
            DisputeEffect.Post _,
            DisputeEffect.OpenBreak _,
            DisputeEffect.ResolveBreak _,
            DisputeEffect.OweRefundsAgain _,
            DisputeEffect.Tell _ -> {}
      }
    }
  }
}
