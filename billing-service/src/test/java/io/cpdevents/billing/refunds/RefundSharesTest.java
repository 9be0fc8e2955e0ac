package io.cpdevents.billing.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefundSharesTest {

  @Test
  void a_refund_by_tickets_takes_from_exactly_these() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000, 2_500);
    RefundShares shares =
        RefundShares.ofTickets(
            payment,
            RefundCause.ATTENDEE_CANCELLED,
            List.of(line(payment, 0, 10_000), line(payment, 2, 1_250)),
            false);
    // The fee is 5 % and 0.50 for each ticket: 1,025, of which 586 and 146 are of these tickets.
    assertThat(shares.tickets().tickets())
        .containsExactly(share(payment, 0, 10_000, 586), share(payment, 2, 1_250, 73));
    assertThat(shares.amount()).isEqualTo(cad(11_250));
    assertThat(shares.platformShare()).isEqualTo(cad(659));
    assertThat(shares.organizationShare()).isEqualTo(cad(10_591));
  }

  @Test
  void lines_of_the_same_ticket_add_up() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000);
    RefundShares shares =
        RefundShares.ofTickets(
            payment,
            RefundCause.REQUESTED,
            List.of(line(payment, 0, 4_000), line(payment, 0, 6_000)),
            false);
    assertThat(shares.amount()).isEqualTo(cad(10_000));
  }

  @Test
  void a_ticket_gives_back_no_more_than_is_left_of_it() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000);
    List<AcceptRefund.Line> tooMuch = List.of(line(payment, 1, 5_001));
    assertThatThrownBy(() -> RefundShares.ofTickets(payment, RefundCause.REQUESTED, tooMuch, false))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("exceeds-refundable"));
    assertThat(RefundShares.ofTickets(payment, RefundCause.REQUESTED, tooMuch, true).amount())
        .isEqualTo(cad(5_000));
  }

  @Test
  void a_capped_refund_of_a_ticket_that_was_refunded_is_none() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000);
    RefundShares first =
        RefundShares.ofTickets(
            payment, RefundCause.REQUESTED, List.of(line(payment, 1, 5_000)), false);
    RefundablePayment afterwards = RefundScenarios.payment(after(payment.lines(), first), true);
    assertThat(
            RefundShares.ofTickets(
                    afterwards, RefundCause.REQUESTED, List.of(line(payment, 1, 5_000)), true)
                .isEmpty())
        .isTrue();
    assertThat(RefundShares.ofAllLeft(afterwards, RefundCause.REQUESTED).amount())
        .isEqualTo(cad(10_000));
  }

  @Test
  void a_ticket_of_another_payment_is_a_defect_of_whoever_asks() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000);
    List<AcceptRefund.Line> strange = List.of(new AcceptRefund.Line(Ids.next(), cad(1)));
    assertThatThrownBy(() -> RefundShares.ofTickets(payment, RefundCause.REQUESTED, strange, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_amount_that_its_currency_cannot_pay_is_refused() {
    RefundablePayment payment =
        RefundScenarios.payment(List.of(RefundScenarios.ticket("KWD", 10_000, 500)), true);
    List<AcceptRefund.Line> lines =
        List.of(new AcceptRefund.Line(payment.lines().getFirst().ticketId(), Money.of(5, "KWD")));
    assertThatThrownBy(() -> RefundShares.ofTickets(payment, RefundCause.REQUESTED, lines, false))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.code()).isEqualTo("amount-not-payable"));
  }

  @Test
  void more_than_is_left_of_all_is_refused() {
    RefundablePayment payment = RefundScenarios.payment(true, 10_000, 5_000);
    for (long amount : new long[] {-1, 15_001}) {
      assertThatThrownBy(
              () -> RefundShares.ofAmount(payment, RefundCause.MADE_AT_STRIPE, cad(amount)))
          .isInstanceOfSatisfying(
              RuleViolation.class,
              refusal -> assertThat(refusal.code()).isEqualTo("exceeds-refundable"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RefundCause.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PAYMENT_TOO_LATE", "PAID_TWICE"})
  void the_organization_bears_all_when_the_platform_keeps_its_fee(RefundCause cause) {
    RefundablePayment payment = RefundScenarios.payment(false, 10_000, 5_000);
    RefundShares all = RefundShares.ofAllLeft(payment, cause);
    assertThat(all.amount()).isEqualTo(cad(15_000));
    assertThat(all.organizationShare()).isEqualTo(cad(15_000));
    assertThat(all.platformShare()).isEqualTo(cad(0));
    RefundShares byTicket =
        RefundShares.ofTickets(payment, cause, List.of(line(payment, 1, 5_000)), false);
    assertThat(byTicket.organizationShare()).isEqualTo(cad(5_000));
    RefundShares byAmount = RefundShares.ofAmount(payment, cause, cad(7_000));
    assertThat(byAmount.organizationShare()).isEqualTo(cad(7_000));
  }

  @ParameterizedTest
  @EnumSource(
      value = RefundCause.class,
      names = {"PAYMENT_TOO_LATE", "PAID_TWICE"})
  void money_that_earned_nobody_anything_goes_back_with_the_fee_whatever_the_policy(
      RefundCause cause) {
    RefundablePayment payment = RefundScenarios.payment(false, 10_000, 5_000);
    RefundShares all = RefundShares.ofAllLeft(payment, cause);
    // The fee is 5 % and 0.50 for each ticket.
    assertThat(all.platformShare()).isEqualTo(cad(850));
    assertThat(all.organizationShare()).isEqualTo(cad(14_150));
  }

  @Test
  void a_fee_that_was_kept_before_goes_back_with_what_is_left_when_nobody_earns_anything() {
    RefundablePayment payment = RefundScenarios.payment(false, 10_000);
    RefundShares kept = RefundShares.ofAmount(payment, RefundCause.MADE_AT_STRIPE, cad(4_000));
    assertThat(kept.platformShare()).isEqualTo(cad(0));
    RefundablePayment afterwards = RefundScenarios.payment(after(payment.lines(), kept), false);
    RefundShares rest = RefundShares.ofAllLeft(afterwards, RefundCause.PAYMENT_TOO_LATE);
    assertThat(rest.platformShare()).isEqualTo(cad(550));
    assertThat(kept.organizationShare().plus(rest.organizationShare())).isEqualTo(cad(9_450));
  }

  private static List<PaymentLine> after(List<PaymentLine> lines, RefundShares shares) {
    for (TicketShare share : shares.tickets().tickets()) {
      assertThat(share.fee().isNegative()).isFalse();
      assertThat(share.fee()).isLessThanOrEqualTo(share.amount());
    }
    return RefundScenarios.payment(lines, true).withRefunded(shares.tickets()).lines();
  }

  private static AcceptRefund.Line line(RefundablePayment payment, int ticket, long amountMinor) {
    return new AcceptRefund.Line(payment.lines().get(ticket).ticketId(), cad(amountMinor));
  }

  private static TicketShare share(
      RefundablePayment payment, int ticket, long amountMinor, long feeMinor) {
    return new TicketShare(payment.lines().get(ticket).ticketId(), cad(amountMinor), cad(feeMinor));
  }

  private static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }
}
