package io.cpdevents.billing.refunds;

import static io.cpdevents.billing.refunds.RefundScenarios.NOON;
import static io.cpdevents.billing.refunds.RefundScenarios.cad;
import static io.cpdevents.billing.refunds.RefundScenarios.dashboardRefund;
import static io.cpdevents.billing.refunds.RefundScenarios.originOf;
import static io.cpdevents.billing.refunds.RefundScenarios.payment;
import static io.cpdevents.billing.refunds.RefundScenarios.requested;
import static io.cpdevents.billing.refunds.RefundScenarios.secondCapture;
import static io.cpdevents.billing.refunds.RefundScenarios.stripeRefund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.charges.QuarantinedCharge;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.billing.refunds.RefundEffect.Accept;
import io.cpdevents.billing.refunds.RefundEffect.Book;
import io.cpdevents.billing.refunds.RefundEffect.BookUnexplained;
import io.cpdevents.billing.refunds.RefundEffect.BookWithoutTrace;
import io.cpdevents.billing.refunds.RefundEffect.ForgetRest;
import io.cpdevents.billing.refunds.RefundEffect.GiveBack;
import io.cpdevents.billing.refunds.RefundEffect.OpenBreak;
import io.cpdevents.billing.refunds.RefundEffect.OpenObjection;
import io.cpdevents.billing.refunds.RefundEffect.OweAgain;
import io.cpdevents.billing.refunds.RefundEffect.Reduce;
import io.cpdevents.billing.refunds.RefundEffect.ResolveBreaks;
import io.cpdevents.billing.refunds.RefundEffect.ResolveObjection;
import io.cpdevents.billing.refunds.RefundEffect.Save;
import io.cpdevents.billing.refunds.RefundEffect.Send;
import io.cpdevents.billing.refunds.RefundEffect.TellCancelled;
import io.cpdevents.billing.refunds.RefundEffect.TellFailed;
import io.cpdevents.billing.refunds.RefundEffect.TellSucceeded;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.billing.stripe.StripeRefund.Status;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefundDecisionTest {

  private static final UUID NEW_ID = Ids.next();

  private final RefundablePayment untouched = payment(true, 10_000);
  private final Refund requested = requested(untouched, cad(10_000));

  /** A payment of 100.00 all of which is owed back by one refund. */
  private final RefundablePayment payment = taken(untouched, requested);

  private final Refund pending =
      requested
          .sent(NOON)
          .answered(1, stripeRefund(requested, 1, Status.PENDING))
          .accepted()
          .orElseThrow();
  private final Refund succeeded =
      pending.answered(1, stripeRefund(pending, 1, Status.SUCCEEDED)).succeeded(NOON).orElseThrow();
  private final Refund failed =
      requested.sent(NOON).refused(1, "expired").attemptFailed(true, NOON).orElseThrow();

  @Test
  void a_request_without_lines_accepts_and_sends_all_that_is_left() {
    List<RefundEffect> effects = decide(facts(untouched), List.of(), false);
    assertThat(effects).hasSize(2);
    Accept accept = (Accept) effects.getFirst();
    assertThat(accept.source()).isEqualTo(source(untouched));
    assertThat(accept.refund().amount()).isEqualTo(cad(10_000));
    assertThat(accept.refund().cause()).isEqualTo(RefundCause.ATTENDEE_CANCELLED);
    assertThat(accept.refund().status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(accept.refund().progress().nextAttemptAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(effects.getLast()).isEqualTo(new Send(NEW_ID));
  }

  @Test
  void a_request_with_lines_accepts_exactly_these() {
    RefundablePayment two = payment(true, 10_000, 5_000);
    UUID ticket = two.lines().getLast().ticketId();
    List<RefundEffect> effects =
        decide(facts(two), List.of(new AcceptRefund.Line(ticket, cad(2_000))), false);
    Accept accept = (Accept) effects.getFirst();
    assertThat(accept.refund().shares().tickets().tickets())
        .extracting(TicketShare::ticketId)
        .containsExactly(ticket);
    assertThat(accept.refund().amount()).isEqualTo(cad(2_000));
  }

  @Test
  void a_payment_may_have_several_refunds() {
    RefundablePayment two = payment(true, 10_000, 5_000);
    Refund first = requested(two, cad(9_000));
    List<RefundEffect> effects = decide(facts(taken(two, first), first), List.of(), false);
    assertThat(((Accept) effects.getFirst()).refund().amount()).isEqualTo(cad(6_000));
  }

  @Test
  void asking_twice_is_asking_once() {
    Refund known =
        Refund.requested(
            NEW_ID, originOf(payment), RefundCause.REQUESTED, null, requested.shares(), NOON, NOON);
    assertThat(decide(facts(payment, known), List.of(), false)).isEmpty();
  }

  @Test
  void when_nothing_is_left_a_capped_request_is_told_to_be_off_and_another_is_refused() {
    Refund cancellation = cancellation(untouched, 10_000);
    assertThat(decide(facts(payment, cancellation), List.of(), true))
        .containsExactly(
            new TellCancelled(
                source(payment), NEW_ID, cad(10_000), RefundCause.ATTENDEE_CANCELLED));
    UUID ticket = payment.lines().getFirst().ticketId();
    assertThat(
            decide(
                facts(payment, cancellation),
                List.of(new AcceptRefund.Line(ticket, cad(2_500))),
                true))
        .containsExactly(
            new TellCancelled(source(payment), NEW_ID, cad(2_500), RefundCause.ATTENDEE_CANCELLED));
    assertThatThrownBy(() -> decide(facts(payment, requested), List.of(), false))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("exceeds-refundable"));
  }

  /** A refund of a payment for a cancellation, which is owed whatever happens. */
  private static Refund cancellation(RefundablePayment payment, long amountMinor) {
    return Refund.requested(
        Ids.next(),
        originOf(payment),
        RefundCause.ATTENDEE_CANCELLED,
        null,
        RefundShares.ofAmount(payment, RefundCause.ATTENDEE_CANCELLED, cad(amountMinor)),
        NOON,
        NOON);
  }

  @Test
  void what_another_refund_has_left_nothing_for_is_kept_as_long_as_that_one_can_be_called_off() {
    UUID ticket = untouched.lines().getFirst().ticketId();
    List<AcceptRefund.Line> lines = List.of(new AcceptRefund.Line(ticket, cad(8_000)));
    for (Refund other : List.of(requested, pending, succeeded)) {
      List<RefundEffect> effects = decide(facts(payment, other), lines, true);
      assertThat(effects.getFirst()).isInstanceOf(TellCancelled.class);
      assertThat(((OweAgain) effects.getLast()).owed())
          .isEqualTo(new OwedAgain.Owed(payment.id(), RefundCause.ATTENDEE_CANCELLED, lines, null));
    }
    Refund calledOff = requested.cancelled().orElseThrow();
    assertThat(decide(facts(untouched, calledOff), lines, true))
        .noneMatch(OweAgain.class::isInstance);
  }

  @Test
  void what_is_owed_again_stays_the_rest_of_its_refund_until_a_part_of_it_is_accepted() {
    UUID ticket = untouched.lines().getFirst().ticketId();
    UUID restOf = Ids.next();
    OwedAgain.Owed owed =
        new OwedAgain.Owed(
            untouched.id(),
            RefundCause.FRAUD_WARNING,
            List.of(new AcceptRefund.Line(ticket, cad(6_000))),
            restOf);
    assertThat(RefundDecision.onOwedAgain(facts(payment, requested), owed, NEW_ID, NOON))
        .containsExactly(new OweAgain(source(payment), owed));
    Refund half = requested(untouched, cad(7_000));
    List<RefundEffect> effects =
        RefundDecision.onOwedAgain(facts(taken(untouched, half), half), owed, NEW_ID, NOON);
    assertThat(((Accept) effects.getFirst()).refund().amount()).isEqualTo(cad(3_000));
    assertThat(((OweAgain) effects.getLast()).owed())
        .isEqualTo(
            new OwedAgain.Owed(
                untouched.id(),
                RefundCause.FRAUD_WARNING,
                List.of(new AcceptRefund.Line(ticket, cad(3_000))),
                NEW_ID));
  }

  @Test
  void
      what_a_lost_dispute_has_left_nothing_for_is_kept_for_the_case_that_the_bank_changes_its_mind() {
    RefundablePayment lost = lost(payment(true, 10_000, 5_000), 7_000);
    AcceptRefund.Line ticket =
        new AcceptRefund.Line(lost.lines().getFirst().ticketId(), cad(10_000));
    List<RefundEffect> effects = decide(facts(lost), List.of(ticket), true);
    assertThat(effects).hasSize(3);
    assertThat(((Accept) effects.getFirst()).refund().amount()).isEqualTo(cad(3_000));
    OwedAgain.Owed kept = ((OweAgain) effects.getLast()).owed();
    assertThat(kept.lines()).containsExactly(new AcceptRefund.Line(ticket.ticketId(), cad(7_000)));
    assertThat(kept.request(NEW_ID).cappedAtRemaining()).isTrue();
    assertThat(((OweAgain) decide(facts(lost), List.of(), true).getLast()).owed().lines())
        .isEmpty();
  }

  @Test
  void what_has_gone_back_in_another_way_is_not_owed_again_after_a_lost_dispute() {
    RefundablePayment lost = lost(payment(true, 10_000), 4_000);
    Refund before = cancellation(lost, 6_000);
    UUID ticket = lost.lines().getFirst().ticketId();
    List<RefundEffect> effects =
        decide(
            facts(taken(lost, before), before),
            List.of(new AcceptRefund.Line(ticket, cad(10_000))),
            true);
    assertThat(effects.getFirst()).isInstanceOf(TellCancelled.class);
    assertThat(((OweAgain) effects.getLast()).owed().lines())
        .containsExactly(new AcceptRefund.Line(ticket, cad(4_000)));
  }

  @Test
  void a_refund_for_a_warning_of_fraud_is_not_owed_again_after_a_lost_dispute() {
    RefundablePayment lost = lost(payment(true, 10_000), 4_000);
    AcceptRefund.Command request =
        new AcceptRefund.Command(NEW_ID, lost.id(), List.of(), true, RefundCause.FRAUD_WARNING);
    assertThat(RefundDecision.onRequest(facts(lost), request, NOON))
        .noneMatch(OweAgain.class::isInstance);
  }

  /** The same after a dispute about its first ticket was lost. */
  private static RefundablePayment lost(RefundablePayment payment, long amountMinor) {
    PaymentLine first = payment.lines().getFirst();
    TicketShare share = new TicketShare(first.ticketId(), cad(amountMinor), cad(0));
    return new RefundablePayment(
        payment.id(),
        payment.registration(),
        payment.captured(),
        payment.feeRefundable(),
        payment.paymentIntentId(),
        false,
        Stream.concat(Stream.of(first.withDisputed(share)), payment.lines().stream().skip(1))
            .toList());
  }

  private List<RefundEffect> decide(
      RefundFacts facts, List<AcceptRefund.Line> lines, boolean cappedAtRemaining) {
    return RefundDecision.onRequest(
        facts,
        new AcceptRefund.Command(
            NEW_ID,
            facts.source().paymentId(),
            lines,
            cappedAtRemaining,
            RefundCause.ATTENDEE_CANCELLED),
        NOON);
  }

  @Test
  void an_attempt_that_is_pending_makes_the_refund_pending() {
    StripeRefund answer = stripeRefund(requested, 1, Status.PENDING);
    Refund expected = requested.answered(1, answer).accepted().orElseThrow();
    assertThat(decide(facts(payment, requested), answer)).containsExactly(new Save(expected));
    assertThat(decide(facts(payment, expected), answer)).containsExactly(new Save(expected));
  }

  @Test
  void an_attempt_that_has_succeeded_is_booked_and_told_once() {
    StripeRefund answer = stripeRefund(pending, 1, Status.SUCCEEDED);
    Refund expected = pending.answered(1, answer).succeeded(NOON).orElseThrow();
    assertThat(decide(facts(payment, pending), answer))
        .containsExactly(
            booked(pending, answer.balanceTransaction(), cad(10_000)),
            new Save(expected),
            new ResolveBreaks(expected),
            new TellSucceeded(source(payment), expected));
    assertThat(decide(facts(payment, expected), answer))
        .containsExactly(
            booked(pending, answer.balanceTransaction(), cad(10_000)), new Save(expected));
  }

  @Test
  void an_attempt_that_has_failed_leaves_the_money_owed_again() {
    StripeRefund answer = stripeRefund(succeeded, 1, Status.FAILED);
    Refund expected = succeeded.answered(1, answer).attemptFailed(false, NOON).orElseThrow();
    assertThat(expected.status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(decide(facts(payment, succeeded), answer))
        .containsExactly(
            booked(succeeded, answer.balanceTransaction(), cad(10_000)),
            booked(succeeded, answer.failureBalanceTransaction(), cad(-10_000)),
            new Save(expected),
            failedAfterSuccess(payment, expected));
  }

  @Test
  void the_last_attempt_that_has_failed_asks_a_person() {
    Refund third =
        requested
            .attemptFailed(false, NOON)
            .flatMap(second -> second.attemptFailed(false, NOON))
            .orElseThrow();
    StripeRefund answer = stripeRefund(third, 3, Status.FAILED);
    Refund expected = third.answered(3, answer).attemptFailed(false, NOON).orElseThrow();
    assertThat(withoutBookings(decide(facts(payment, third), answer)))
        .containsExactly(
            new Save(expected),
            new OpenBreak(expected, "re_3"),
            failed(payment, expected, "expired_or_canceled_card"));
  }

  @Test
  void an_attempt_that_was_called_off_gives_back_to_those_who_bore_it() {
    StripeRefund answer = stripeRefund(pending, 1, Status.CANCELED);
    Refund expected = pending.answered(1, answer).cancelled().orElseThrow();
    assertThat(withoutBookings(decide(facts(payment, pending), answer)))
        .containsExactly(
            new Save(expected),
            new GiveBack(source(payment), expected),
            new ForgetRest(expected),
            cancelled(payment, expected));
    assertThat(withoutBookings(decide(facts(payment, expected), answer)))
        .containsExactly(new Save(expected));
  }

  /** What the buyer has given up, or never had, is owed whoever calls the refund off. */
  @ParameterizedTest
  @CsvSource({
    "ATTENDEE_CANCELLED,     FAILED,   REQUESTED",
    "ATTENDEE_CANCELLED,     CANCELED, FAILED",
    "ORGANIZATION_CANCELLED, FAILED,   REQUESTED",
    "ORGANIZATION_CANCELLED, CANCELED, FAILED",
    "EVENT_CANCELLED,        FAILED,   REQUESTED",
    "EVENT_CANCELLED,        CANCELED, FAILED",
    "PAYMENT_TOO_LATE,       FAILED,   REQUESTED",
    "PAYMENT_TOO_LATE,       CANCELED, FAILED",
    "PAID_TWICE,             FAILED,   REQUESTED",
    "PAID_TWICE,             CANCELED, FAILED",
    "REQUESTED,              FAILED,   REQUESTED",
    "REQUESTED,              CANCELED, CANCELLED",
    "FRAUD_WARNING,          FAILED,   REQUESTED",
    "FRAUD_WARNING,          CANCELED, CANCELLED",
    "MADE_AT_STRIPE,         FAILED,   FAILED",
    "MADE_AT_STRIPE,         CANCELED, CANCELLED"
  })
  void who_was_to_get_the_money_is_owed_it_or_not(
      RefundCause cause, Status outcome, RefundStatus expected) {
    boolean isOurs = cause != RefundCause.MADE_AT_STRIPE;
    Refund first =
        isOurs
            ? Refund.requested(
                    NEW_ID, originOf(payment), cause, null, requested.shares(), NOON, NOON)
                .sent(NOON)
            : Refund.madeAtStripe(NEW_ID, originOf(payment), requested.shares(), NOON);
    StripeRefund pendingAnswer =
        isOurs
            ? stripeRefund(first, 1, Status.PENDING)
            : dashboardRefund(cad(10_000), Status.PENDING);
    Refund accepted = first.answered(1, pendingAnswer);
    Refund underWay = accepted.accepted().orElse(accepted);
    StripeRefund answer =
        isOurs ? stripeRefund(first, 1, outcome) : dashboardRefund(cad(10_000), outcome);

    List<RefundEffect> effects = decide(facts(payment, underWay), answer);

    assertThat(effects)
        .filteredOn(Save.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Save.class, save -> assertThat(save.refund().status()).isEqualTo(expected));
    assertThat(effects.stream().filter(GiveBack.class::isInstance))
        .hasSize(expected == RefundStatus.CANCELLED ? 1 : 0);
    assertThat(effects.stream().filter(OpenBreak.class::isInstance))
        .hasSize(expected == RefundStatus.FAILED ? 1 : 0);
  }

  @Test
  void what_stripe_moves_after_the_buyer_was_paid_otherwise_is_nobodys() {
    List<RefundEffect> paid = RefundDecision.onPaidOtherwise(facts(payment, failed), failed, NOON);
    Refund expected = failed.paidOtherwise(NOON);
    assertThat(paid)
        .containsExactly(
            new Save(expected),
            new ResolveBreaks(expected),
            new TellSucceeded(source(payment), expected));
    StripeRefund late = stripeRefund(failed, 1, Status.SUCCEEDED);
    List<RefundEffect> effects = decide(facts(payment, expected), late);
    assertThat(effects)
        .containsExactly(
            unexplained(late.balanceTransaction()), new Save(expected.answered(1, late)));
    assertThat(expected.answered(1, late).status()).isEqualTo(RefundStatus.SUCCEEDED);
    StripeRefund returned = stripeRefund(failed, 1, Status.FAILED);
    assertThat(decide(facts(payment, expected), returned).getLast())
        .isInstanceOfSatisfying(
            Save.class,
            save -> assertThat(save.refund().status()).isEqualTo(RefundStatus.SUCCEEDED));
  }

  @Test
  void only_what_a_person_has_to_help_with_can_be_paid_otherwise() {
    for (Refund other : List.of(requested, pending, succeeded)) {
      assertThatThrownBy(() -> other.paidOtherwise(NOON)).isInstanceOf(RuleViolation.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"PENDING", "SUCCEEDED"})
  void an_earlier_word_about_an_attempt_that_is_over_changes_nothing(Status late) {
    Refund second =
        pending
            .answered(1, stripeRefund(pending, 1, Status.FAILED))
            .attemptFailed(false, NOON)
            .orElseThrow();
    assertThat(withoutBookings(decide(facts(payment, second), stripeRefund(second, 1, late))))
        .isEmpty();
  }

  @Test
  void an_attempt_that_is_over_still_gets_its_balance_transaction() {
    Refund second =
        pending
            .answered(1, stripeRefund(pending, 1, Status.FAILED))
            .attemptFailed(false, NOON)
            .orElseThrow();
    StripeRefund answer = stripeRefund(second, 1, Status.FAILED);
    assertThat(withoutBookings(decide(facts(payment, second), answer)))
        .containsExactly(new Save(second.answered(1, answer)));
  }

  @Test
  void an_earlier_attempt_that_goes_through_after_all_is_the_refund_unless_the_next_was_sent() {
    Refund second = requested.sent(NOON).withNextAttempt();
    StripeRefund answer = stripeRefund(second, 1, Status.SUCCEEDED);
    Refund expected = second.answered(1, answer).succeeded(NOON).orElseThrow();
    assertThat(expected.current().number()).isEqualTo(1);
    assertThat(withoutBookings(decide(facts(payment, second), answer)))
        .containsExactly(
            new Save(expected),
            new ResolveBreaks(expected),
            new TellSucceeded(source(payment), expected));
    Refund sent = second.sent(NOON);
    assertThat(withoutBookings(decide(facts(payment, sent), answer)))
        .containsExactly(new Save(sent.answered(1, answer)));
  }

  @Test
  void an_attempt_that_we_never_made_is_like_one_that_somebody_else_made() {
    StripeRefund answer = stripeRefund(pending, 7, Status.SUCCEEDED);
    assertThat(decide(facts(payment, pending), answer))
        .containsExactly(unexplained(answer.balanceTransaction()));
  }

  @Test
  void a_refund_to_a_card_that_is_called_off_soon_after_it_has_succeeded_never_was() {
    StripeRefund answer = stripeRefund(succeeded, 1, Status.CANCELED);
    Refund expected = succeeded.answered(1, answer).cancelled().orElseThrow();
    assertThat(decide(facts(payment, succeeded), answer))
        .containsExactly(
            booked(succeeded, answer.balanceTransaction(), cad(10_000)),
            booked(succeeded, answer.failureBalanceTransaction(), cad(-10_000)),
            new Save(expected),
            new GiveBack(source(payment), expected),
            new ForgetRest(expected),
            cancelled(payment, expected));
    assertThat(withoutBookings(decide(facts(payment, expected), answer)))
        .containsExactly(new Save(expected));
    assertThat(
            withoutBookings(
                decide(facts(payment, expected), stripeRefund(succeeded, 1, Status.SUCCEEDED))))
        .isEmpty();
  }

  @Test
  void a_refund_made_at_stripe_that_fits_becomes_an_obligation_of_its_own() {
    StripeRefund answer = dashboardRefund(cad(4_000), Status.PENDING);
    List<RefundEffect> effects = decide(facts(untouched), answer);
    Accept accept = (Accept) effects.getFirst();
    assertThat(accept.refund().id()).isEqualTo(NEW_ID);
    assertThat(accept.refund().cause()).isEqualTo(RefundCause.MADE_AT_STRIPE);
    assertThat(accept.refund().amount()).isEqualTo(cad(4_000));
    assertThat(effects).containsExactly(accept, new Save(accept.refund().answered(1, answer)));
  }

  @Test
  void a_refund_made_at_stripe_that_has_succeeded_is_told_at_once() {
    StripeRefund answer = dashboardRefund(cad(4_000), Status.SUCCEEDED);
    List<RefundEffect> effects = decide(facts(untouched), answer);
    Refund made = ((Accept) effects.getFirst()).refund();
    Refund expected = made.answered(1, answer).succeeded(NOON).orElseThrow();
    assertThat(effects)
        .containsExactly(
            new Accept(source(untouched), made),
            booked(made, answer.balanceTransaction(), cad(4_000)),
            new Save(expected),
            new ResolveBreaks(expected),
            new TellSucceeded(source(untouched), expected));
  }

  @Test
  void a_refund_made_at_stripe_that_fails_is_not_sent_by_us() {
    Refund made = made(cad(4_000), Status.SUCCEEDED).succeeded(NOON).orElseThrow();
    StripeRefund answer = dashboardRefund(cad(4_000), Status.FAILED);
    Refund expected = made.answered(1, answer).attemptFailed(true, NOON).orElseThrow();
    RefundablePayment rest = taken(untouched, made);
    assertThat(withoutBookings(decide(facts(rest, made), answer)))
        .containsExactly(
            new Save(expected),
            new OpenBreak(expected, "re_dashboard"),
            failedAfterSuccess(rest, expected));
  }

  @Test
  void a_refund_made_at_stripe_that_is_called_off_is_owed_no_more() {
    Refund made = made(cad(4_000), Status.PENDING);
    RefundablePayment rest = taken(untouched, made);
    StripeRefund answer = dashboardRefund(cad(4_000), Status.CANCELED);
    Refund expected = made.answered(1, answer).cancelled().orElseThrow();
    assertThat(withoutBookings(decide(facts(rest, made), answer)))
        .containsExactly(
            new Save(expected),
            new GiveBack(source(rest), expected),
            new ForgetRest(expected),
            cancelled(rest, expected));
  }

  @Test
  void a_refund_made_at_stripe_of_the_amount_for_which_a_person_was_asked_is_that_one() {
    StripeRefund answer = dashboardRefund(cad(10_000), Status.SUCCEEDED);
    Refund helped = failed.withNextAttempt();
    Refund expected = helped.answered(2, answer).succeeded(NOON).orElseThrow();
    assertThat(withoutBookings(decide(waiting(payment, failed), answer)))
        .containsExactly(
            new Save(expected),
            new ResolveBreaks(expected),
            new TellSucceeded(source(payment), expected));
  }

  @Test
  void a_refund_made_at_stripe_that_helps_and_is_called_off_leaves_the_break_open() {
    Refund helped =
        failed.withNextAttempt().answered(2, dashboardRefund(cad(10_000), Status.PENDING));
    StripeRefund answer = dashboardRefund(cad(10_000), Status.CANCELED);
    assertThat(withoutBookings(decide(facts(payment, helped), answer)))
        .containsExactly(new Save(helped.answered(2, answer)));
  }

  @Test
  void while_a_person_helps_another_refund_of_the_same_amount_moves_to_suspense() {
    Refund helped =
        failed
            .withNextAttempt()
            .answered(2, dashboardRefundNamed("re_first", cad(10_000), Status.PENDING));
    StripeRefund answer = dashboardRefundNamed("re_second", cad(10_000), Status.SUCCEEDED);
    assertThat(decide(facts(payment, helped), answer))
        .containsExactly(unexplained(answer.balanceTransaction()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"PENDING", "SUCCEEDED"})
  void a_refund_made_at_stripe_that_was_faster_than_ours_is_ours(Status status) {
    StripeRefund answer = dashboardRefund(cad(10_000), status);
    List<RefundEffect> effects = decide(facts(payment, requested), answer);
    Refund saved = ((Save) withoutBookings(effects).getFirst()).refund();
    assertThat(saved.id()).isEqualTo(requested.id());
    assertThat(saved.current().stripeRefundId()).isEqualTo("re_dashboard");
    assertThat(saved.status())
        .isEqualTo(status == Status.PENDING ? RefundStatus.PENDING : RefundStatus.SUCCEEDED);
  }

  @Test
  void a_refund_made_at_stripe_that_stood_for_ours_and_is_called_off_leaves_ours_owed() {
    Refund ours =
        requested
            .answered(1, dashboardRefund(cad(10_000), Status.PENDING))
            .accepted()
            .orElseThrow();
    StripeRefund answer = dashboardRefund(cad(10_000), Status.CANCELED);
    Refund expected = ours.answered(1, answer).attemptFailed(true, NOON).orElseThrow();
    assertThat(withoutBookings(decide(facts(payment, ours), answer)))
        .containsExactly(
            new Save(expected),
            new OpenBreak(expected, "re_dashboard"),
            failed(payment, expected, null));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"FAILED", "CANCELED"})
  void a_refund_made_at_stripe_that_came_to_nothing_and_fits_nowhere_leaves_no_trace(
      Status status) {
    StripeRefund answer = dashboardRefund(cad(10_000), status);
    assertThat(decide(facts(payment, requested), answer))
        .containsExactly(
            new BookWithoutTrace(
                payment.id(),
                Objects.requireNonNull(answer.balanceTransaction()),
                Objects.requireNonNull(answer.failureBalanceTransaction())));
  }

  @Test
  void a_refund_made_at_stripe_of_more_than_stripe_can_give_moves_to_suspense() {
    StripeRefund answer = dashboardRefund(cad(4_000), Status.SUCCEEDED);
    assertThat(decide(facts(payment, pending), answer))
        .containsExactly(unexplained(answer.balanceTransaction()));
    StripeRefund more = dashboardRefund(cad(10_001), Status.SUCCEEDED);
    assertThat(decide(facts(payment, requested), more))
        .containsExactly(unexplained(more.balanceTransaction()));
  }

  @Test
  void what_is_more_than_is_left_waits_until_the_other_refunds_are_settled() {
    StripeRefund answer = dashboardRefund(cad(4_000), Status.SUCCEEDED);
    assertThat(RefundDecision.onStripeRefund(facts(payment, pending), answer, false, NEW_ID, NOON))
        .isEmpty();
    assertThat(RefundDecision.onStripeRefund(facts(untouched), answer, false, NEW_ID, NOON))
        .isPresent();
    StripeRefund ours = stripeRefund(pending, 1, Status.SUCCEEDED);
    assertThat(RefundDecision.onStripeRefund(facts(payment, pending), ours, false, NEW_ID, NOON))
        .isPresent();
  }

  @Test
  void ours_gives_way_to_a_part_that_was_refunded_at_stripe_and_owes_the_rest() {
    StripeRefund answer = dashboardRefund(cad(4_000), Status.SUCCEEDED);
    List<RefundEffect> effects = decide(facts(payment, requested), answer);
    Reduce reduce = (Reduce) effects.getFirst();
    assertThat(reduce.before()).isEqualTo(requested);
    assertThat(reduce.after().amount()).isEqualTo(cad(6_000));
    assertThat(reduce.after().status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(reduce.overtakenBy()).isEqualTo("re_dashboard");
    assertThat(effects.get(1)).isEqualTo(new Save(reduce.after()));
    UUID ticket = payment.lines().getFirst().ticketId();
    assertThat(effects.get(3))
        .isEqualTo(
            new OweAgain(
                source(payment),
                new OwedAgain.Owed(
                    payment.id(),
                    RefundCause.REQUESTED,
                    List.of(new AcceptRefund.Line(ticket, cad(4_000))),
                    requested.id())));
    Accept accept = (Accept) effects.get(4);
    assertThat(accept.refund().amount()).isEqualTo(cad(4_000));
    assertThat(
            reduce.after().shares().platformShare().plus(accept.refund().shares().platformShare()))
        .isEqualTo(requested.shares().platformShare());
    assertThat(accept.source().left()).isEqualTo(cad(4_000));
  }

  @Test
  void what_gives_way_twice_is_posted_twice() {
    Reduce first = reduced(untouched, requested, "txn_lost");
    Reduce second = reduced(untouched, first.after(), "txn_lost_again");
    assertThat(second.after().amount()).isEqualTo(cad(8_000));
    assertThat(List.of(first, second).stream().map(Reduce::overtakenBy))
        .containsExactly("txn_lost", "txn_lost_again");
  }

  /** The refund of a payment after 10.00 of it have given way to this movement of a dispute. */
  private static Reduce reduced(RefundablePayment payment, Refund refund, String movement) {
    RefundFacts facts = facts(taken(payment, refund), refund);
    return (Reduce) RefundAdoption.madeRoom(facts, cad(1_000), movement, NOON).effects().getFirst();
  }

  @Test
  void ours_gives_way_to_several_parts_until_nothing_of_it_is_owed() {
    RefundablePayment two = payment(true, 10_000, 5_000);
    Refund first = requested(two, cad(3_000));
    RefundablePayment afterFirst = taken(two, first);
    Refund second = requested(afterFirst, cad(12_000));
    RefundablePayment nothingLeft = taken(afterFirst, second);
    StripeRefund answer = dashboardRefund(cad(14_000), Status.PENDING);
    List<RefundEffect> effects = decide(facts(nothingLeft, first, second), answer);
    Refund cancelled = ((Save) effects.getFirst()).refund();
    assertThat(cancelled.id()).isEqualTo(first.id());
    assertThat(cancelled.status()).isEqualTo(RefundStatus.CANCELLED);
    assertThat(effects).contains(cancelled(nothingLeft, cancelled));
    Reduce reduce =
        effects.stream()
            .filter(Reduce.class::isInstance)
            .map(Reduce.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(reduce.before()).isEqualTo(second);
    assertThat(reduce.after().amount()).isEqualTo(cad(1_000));
  }

  @Test
  void one_with_which_a_person_has_to_help_gives_way_first_and_is_tried_again() {
    RefundablePayment two = payment(true, 10_000, 5_000);
    Refund first = requested(two, cad(5_000));
    RefundablePayment afterFirst = taken(two, first);
    Refund owed =
        requested(afterFirst, cad(10_000))
            .sent(NOON)
            .refused(1, "expired")
            .attemptFailed(true, NOON)
            .orElseThrow();
    RefundFacts facts =
        new RefundFacts(source(taken(afterFirst, owed)), List.of(first, owed), Set.of(owed.id()));
    List<RefundEffect> effects = decide(facts, dashboardRefund(cad(4_000), Status.SUCCEEDED));
    Reduce reduce = (Reduce) effects.getFirst();
    assertThat(reduce.before()).isEqualTo(owed);
    assertThat(reduce.after().status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(reduce.after().current().number()).isEqualTo(2);
    assertThat(effects).contains(new ResolveBreaks(reduce.after()));
  }

  @Test
  void one_that_stripe_may_be_doing_gives_way_last() {
    RefundablePayment two = payment(true, 10_000, 5_000);
    Refund sent = requested(two, cad(10_000)).sent(NOON);
    RefundablePayment afterFirst = taken(two, sent);
    Refund untouchedYet = requested(afterFirst, cad(5_000));

    List<RefundEffect> effects =
        decide(
            facts(taken(afterFirst, untouchedYet), sent, untouchedYet),
            dashboardRefund(cad(4_000), Status.SUCCEEDED));

    assertThat(((Reduce) effects.getFirst()).before()).isEqualTo(untouchedYet);
    assertThat(effects.stream().filter(Reduce.class::isInstance)).hasSize(1);
  }

  @Test
  void a_second_capture_goes_back_from_suspense_and_then_nobody_has_to_look_at_it() {
    RefundSource charge = new RefundSource.OfCharge(secondCapture(untouched));
    RefundFacts facts = new RefundFacts(charge, List.of(), Set.of());
    List<RefundEffect> effects =
        RefundDecision.accepted(
            facts,
            NEW_ID,
            RefundCause.PAID_TWICE,
            null,
            charge.sharesOfAllLeft(RefundCause.PAID_TWICE),
            NOON);
    Refund refund = ((Accept) effects.getFirst()).refund();
    assertThat(refund.origin()).isEqualTo(new Refund.Origin(untouched.id(), "ch_2"));
    assertThat(refund.shares().tickets().isEmpty()).isTrue();
    assertThat(refund.shares().suspenseShare()).isEqualTo(cad(10_000));
    StripeRefund answer = stripeRefund(refund, 1, Status.SUCCEEDED);
    RefundFacts owed = new RefundFacts(charge.with(refund.shares()), List.of(refund), Set.of());
    assertThat(decide(owed, answer))
        .contains(new ResolveObjection(BreakKind.DUPLICATE_CAPTURE, "ch_2"));
  }

  @Test
  void an_inquiry_about_a_charge_of_which_too_much_was_taken_changes_nothing() {
    QuarantinedCharge overdrawn = secondCapture(untouched).withReturned(cad(14_000));
    Refund owed =
        Refund.requested(
            Ids.next(),
            new Refund.Origin(untouched.id(), "ch_2"),
            RefundCause.PAID_TWICE,
            null,
            RefundShares.ofSuspense(cad(10_000)),
            NOON,
            NOON);
    StripeDispute inquiry =
        new StripeDispute(
            "du_1",
            "warning_needs_response",
            "ch_2",
            "pi_2",
            10_000,
            "CAD",
            "fraudulent",
            NOON,
            0,
            NOON,
            List.of());
    assertThat(UnwantedCharge.onDispute(ofCharge(overdrawn, owed), inquiry, NEW_ID, NOON))
        .isEmpty();
  }

  @Test
  void what_goes_back_no_more_of_a_charge_that_no_payment_wanted_is_somebodys_again() {
    Refund made =
        Refund.madeAtStripe(
                Ids.next(),
                new Refund.Origin(untouched.id(), "ch_2"),
                RefundShares.ofSuspense(cad(6_000)),
                NOON)
            .answered(1, dashboardRefund(cad(6_000), Status.PENDING));
    QuarantinedCharge rest = secondCapture(untouched).withReturned(cad(6_000));
    QuarantinedCharge restIsPosted = secondCapture(untouched).withReturned(cad(10_000));
    StripeRefund calledOff = dashboardRefund(cad(6_000), Status.CANCELED);

    assertThat(decide(ofCharge(rest, made), calledOff))
        .contains(
            new OpenObjection(
                BreakKind.DUPLICATE_CAPTURE, "ch_2", untouched.id(), cad(10_000), NOON));
    assertThat(decide(ofCharge(restIsPosted, made), calledOff))
        .contains(
            new OpenObjection(
                BreakKind.DUPLICATE_CAPTURE, "ch_2", untouched.id(), cad(6_000), NOON));
    assertThat(decide(ofCharge(secondCapture(untouched)), calledOff))
        .noneMatch(OpenObjection.class::isInstance);
  }

  @Test
  void a_refund_made_at_stripe_in_another_currency_moves_to_suspense() {
    StripeRefund answer = dashboardRefund(Money.of(100, "USD"), Status.SUCCEEDED);
    assertThat(decide(facts(untouched), answer))
        .containsExactly(unexplained(answer.balanceTransaction()));
  }

  @Test
  void a_refund_of_no_payment_of_ours_moves_to_suspense() {
    StripeRefund answer = dashboardRefund(cad(4_000), Status.FAILED);
    assertThat(RefundDecision.onUnknownRefund(answer))
        .containsExactly(
            unexplained(answer.balanceTransaction()),
            unexplained(answer.failureBalanceTransaction()));
    assertThat(RefundDecision.onUnknownRefund(dashboardRefund(cad(4_000), Status.PENDING)))
        .isEmpty();
  }

  private Refund made(Money amount, Status status) {
    return Refund.madeAtStripe(
            Ids.next(),
            originOf(untouched),
            RefundShares.ofAmount(untouched, RefundCause.MADE_AT_STRIPE, amount),
            NOON)
        .answered(1, dashboardRefund(amount, status));
  }

  private static StripeRefund dashboardRefundNamed(String id, Money amount, Status status) {
    StripeRefund answer = dashboardRefund(amount, status);
    return new StripeRefund(
        id,
        answer.status(),
        answer.amountMinor(),
        answer.currency(),
        answer.paymentIntentId(),
        null,
        0,
        answer.failureReason(),
        answer.balanceTransaction(),
        answer.failureBalanceTransaction());
  }

  @Test
  void a_refusal_leaves_the_money_owed_and_asks_a_person() {
    Refund sent = requested.sent(NOON);
    Refund expected = sent.refused(1, "expired").attemptFailed(true, NOON).orElseThrow();
    assertThat(decide(sent, 1, "expired"))
        .containsExactly(
            new Save(expected),
            new OpenBreak(expected, "refund:" + requested.id()),
            failed(payment, expected, "expired"));
  }

  @Test
  void a_refusal_because_of_a_dispute_waits_for_its_end_and_tells_nobody() {
    Refund sent = requested.sent(NOON);
    Refund waiting = sent.refused(1, "charge_disputed").disputed(NOON, true).orElseThrow();
    assertThat(
            RefundDecision.onRefusal(
                facts(disputed(payment), sent), sent.id(), 1, "charge_disputed", NOON))
        .containsExactly(new Save(waiting));
    assertThat(waiting.progress().nextAttemptAt()).isEqualTo(NOON.plus(Duration.ofDays(1)));
  }

  @Test
  void a_refusal_because_of_a_dispute_that_is_over_when_it_is_recorded_is_tried_again_soon_once() {
    Refund sent = requested.sent(NOON);
    Refund soon = sent.refused(1, "charge_disputed").disputed(NOON, false).orElseThrow();
    assertThat(decide(sent, 1, "charge_disputed")).containsExactly(new Save(soon));
    assertThat(soon.progress().nextAttemptAt()).isEqualTo(NOON.plusSeconds(5));
    Refund later =
        soon.sent(NOON).refused(2, "charge_disputed").disputed(NOON, false).orElseThrow();
    assertThat(later.progress().nextAttemptAt()).isEqualTo(NOON.plus(Duration.ofDays(1)));
  }

  @Test
  void a_refund_that_a_lost_dispute_is_in_the_way_of_for_good_asks_a_person_at_last() {
    Refund owed = requested;
    for (int attempt = 1; attempt < 3; attempt++) {
      Refund sent = owed.sent(NOON);
      owed = sent.refused(attempt, "charge_disputed").disputed(NOON, false).orElseThrow();
      assertThat(decide(sent, attempt, "charge_disputed")).containsExactly(new Save(owed));
    }
    Refund last = owed.sent(NOON);
    Refund expected = last.refused(3, "charge_disputed").attemptFailed(true, NOON).orElseThrow();
    assertThat(decide(last, 3, "charge_disputed"))
        .containsExactly(
            new Save(expected),
            new OpenBreak(expected, "refund:" + requested.id()),
            failed(payment, expected, "charge_disputed"));
    RefundablePayment disputed = disputed(payment);
    assertThat(
            RefundDecision.onRefusal(facts(disputed, last), last.id(), 3, "charge_disputed", NOON))
        .containsExactly(
            new Save(last.refused(3, "charge_disputed").disputed(NOON, true).orElseThrow()));
  }

  /** The same while a dispute of it is open. */
  private static RefundablePayment disputed(RefundablePayment payment) {
    return new RefundablePayment(
        payment.id(),
        payment.registration(),
        payment.captured(),
        payment.feeRefundable(),
        payment.paymentIntentId(),
        true,
        payment.lines());
  }

  @Test
  void a_refusal_because_the_balance_is_too_small_is_tried_again() {
    Refund sent = requested.sent(NOON);
    Refund expected =
        sent.refused(1, "balance_insufficient").attemptFailed(false, NOON).orElseThrow();
    assertThat(decide(sent, 1, "balance_insufficient"))
        .containsExactly(new Save(expected), failed(payment, expected, "balance_insufficient"));
  }

  @Test
  void a_refusal_of_an_attempt_whose_answer_is_known_changes_nothing() {
    assertThat(decide(pending, 1, "expired")).isEmpty();
  }

  @Test
  void a_refusal_of_an_attempt_that_is_not_the_current_one_is_only_noted() {
    Refund second = requested.sent(NOON).withNextAttempt();
    assertThat(decide(second, 1, "expired"))
        .containsExactly(new Save(second.refused(1, "expired")));
  }

  @Test
  void a_refusal_that_comes_twice_asks_nobody_again() {
    assertThat(decide(failed, 1, "expired")).containsExactly(new Save(failed));
  }

  private List<RefundEffect> decide(Refund refund, int attempt, String reason) {
    return RefundDecision.onRefusal(facts(payment, refund), refund.id(), attempt, reason, NOON);
  }

  private static List<RefundEffect> decide(RefundFacts facts, StripeRefund answer) {
    return RefundDecision.onStripeRefund(facts, answer, true, NEW_ID, NOON).orElseThrow();
  }

  private static RefundSource source(RefundablePayment payment) {
    return new RefundSource.OfPayment(payment);
  }

  private static RefundFacts ofCharge(QuarantinedCharge charge, Refund... refunds) {
    return new RefundFacts(new RefundSource.OfCharge(charge), List.of(refunds), Set.of());
  }

  private static RefundFacts facts(RefundablePayment payment, Refund... refunds) {
    return new RefundFacts(source(payment), List.of(refunds), Set.of());
  }

  private static RefundFacts waiting(RefundablePayment payment, Refund refund) {
    return new RefundFacts(source(payment), List.of(refund), Set.of(refund.id()));
  }

  /** The payment after a refund was accepted. */
  private static RefundablePayment taken(RefundablePayment payment, Refund refund) {
    return payment.withRefunded(refund.shares().tickets());
  }

  private static TellFailed failed(
      RefundablePayment payment, Refund refund, @Nullable String reason) {
    return new TellFailed(source(payment), refund, reason, false);
  }

  private static TellFailed failedAfterSuccess(RefundablePayment payment, Refund refund) {
    return new TellFailed(source(payment), refund, "expired_or_canceled_card", true);
  }

  private static TellCancelled cancelled(RefundablePayment payment, Refund refund) {
    return new TellCancelled(source(payment), refund.id(), refund.amount(), refund.cause());
  }

  private static List<RefundEffect> withoutBookings(List<RefundEffect> effects) {
    return effects.stream().filter(effect -> !(effect instanceof Book)).toList();
  }

  private static Book booked(
      Refund refund, @Nullable StripeBalanceTransaction transaction, Money owed) {
    return new Book(refund.paymentId(), refund.id(), Objects.requireNonNull(transaction), owed);
  }

  private static BookUnexplained unexplained(@Nullable StripeBalanceTransaction transaction) {
    return new BookUnexplained(Objects.requireNonNull(transaction));
  }
}
