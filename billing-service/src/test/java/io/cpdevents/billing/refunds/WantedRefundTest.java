package io.cpdevents.billing.refunds;

import static io.cpdevents.billing.refunds.RefundScenarios.cad;
import static io.cpdevents.billing.refunds.RefundScenarios.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WantedRefundTest {

  private static final WantedRefund ALL = new WantedRefund(null, null);

  private final RefundablePayment payment = payment(true, 10_000, 5_000);

  @Test
  void without_an_amount_or_tickets_it_is_all_that_is_left() {
    assertThat(ALL.sharesOf(payment).amount()).isEqualTo(cad(15_000));
    assertThat(ALL.sharesOf(afterRefundOf(payment, 4_000)).amount()).isEqualTo(cad(11_000));
  }

  @Test
  void an_amount_is_allocated_by_what_is_left_of_each_ticket() {
    RefundShares shares = byAmount(cad(3_000)).sharesOf(payment);
    assertThat(shares.tickets().tickets())
        .extracting(TicketShare::amount)
        .containsExactly(cad(2_000), cad(1_000));
  }

  @Test
  void tickets_are_given_back_as_far_as_they_are_left() {
    RefundablePayment rest = afterRefundOf(payment, 3_000);
    assertThat(byTickets(ticket(1)).sharesOf(rest).amount()).isEqualTo(cad(4_000));
    assertThat(byTickets(ticket(0), ticket(1)).sharesOf(rest).amount()).isEqualTo(cad(12_000));
  }

  @Test
  void a_ticket_that_has_gone_back_is_not_given_back_again() {
    RefundablePayment rest = payment.withRefunded(byTickets(ticket(1)).sharesOf(payment).tickets());
    assertRefused(byTickets(ticket(1)), rest, "exceeds-refundable");
    assertRefused(byTickets(ticket(0), ticket(1)), rest, "exceeds-refundable");
  }

  @Test
  void a_ticket_that_was_free_adds_nothing() {
    RefundablePayment withFree = payment(true, 10_000, 0);
    UUID paid = withFree.lines().getFirst().ticketId();
    UUID free = withFree.lines().getLast().ticketId();
    assertThat(byTickets(paid, free).sharesOf(withFree).amount()).isEqualTo(cad(10_000));
    assertRefused(byTickets(free), withFree, "exceeds-refundable");
  }

  @Test
  void what_is_wrong_is_refused_in_this_order() {
    RefundablePayment nothingLeft = afterRefundOf(payment, 15_000);
    assertRefused(new WantedRefund(cad(1), Set.of(ticket(0))), payment, "invalid-request");
    assertRefused(byTickets(Ids.next()), disputed(nothingLeft), "disputed");
    assertRefused(byTickets(Ids.next()), nothingLeft, "nothing-to-refund");
    assertRefused(byTickets(ticket(0), Ids.next()), payment, "invalid-request");
    assertRefused(byAmount(Money.of(5, "KWD")), payment, "amount-not-payable");
    assertRefused(byAmount(cad(0)), payment, "amount-not-payable");
    assertRefused(byAmount(cad(-1)), payment, "amount-not-payable");
    assertRefused(byAmount(Money.of(99_999, "USD")), payment, "invalid-request");
    assertRefused(byAmount(cad(15_001)), payment, "exceeds-refundable");
  }

  @Test
  void stripes_fee_is_kept_in_proportion_and_never_more_than_it() {
    Money fee = cad(465);
    Money first = StripeFee.keptOf(fee, payment.captured(), cad(0), cad(5_000));
    Money second = StripeFee.keptOf(fee, payment.captured(), cad(5_000), cad(3_333));
    Money third = StripeFee.keptOf(fee, payment.captured(), cad(8_333), cad(6_667));
    assertThat(List.of(first, second, third)).containsExactly(cad(155), cad(103), cad(207));
    assertThat(StripeFee.keptOf(Money.of(300, "USD"), payment.captured(), cad(0), cad(7_500)))
        .isEqualTo(Money.of(150, "USD"));
  }

  private UUID ticket(int number) {
    return payment.lines().get(number).ticketId();
  }

  private static WantedRefund byAmount(Money amount) {
    return new WantedRefund(amount, null);
  }

  private static WantedRefund byTickets(UUID... tickets) {
    return new WantedRefund(null, Set.of(tickets));
  }

  private static RefundablePayment afterRefundOf(RefundablePayment payment, long amountMinor) {
    return payment.withRefunded(
        RefundShares.ofAmount(payment, RefundCause.REQUESTED, cad(amountMinor)).tickets());
  }

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

  private static void assertRefused(WantedRefund wanted, RefundablePayment payment, String code) {
    assertThatThrownBy(() -> wanted.sharesOf(payment))
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
