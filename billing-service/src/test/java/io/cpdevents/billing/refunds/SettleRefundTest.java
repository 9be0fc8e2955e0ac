package io.cpdevents.billing.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cpdevents.billing.charges.InvoiceCharges;
import io.cpdevents.billing.charges.SettleNewPaymentIntent;
import io.cpdevents.billing.refunds.ApplyRefund.Answer;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeRefund;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettleRefundTest {

  private static final String INTENT = "pi_1";
  private static final StripeRefund REFUND =
      new StripeRefund(
          "re_1", StripeRefund.Status.PENDING, 700, "CAD", INTENT, null, 0, null, null, null);

  private final StripeApi stripe = mock(StripeApi.class);
  private final SettleNewPaymentIntent money = mock(SettleNewPaymentIntent.class);
  private final ApplyRefund apply = mock(ApplyRefund.class);
  private final SettleRefund settleRefund =
      new SettleRefund(
          stripe,
          money,
          mock(InvoiceCharges.class),
          mock(BookRefundOfInvoice.class),
          apply,
          mock(SettleUnknownMoney.class));
  private final SettleRefundsOfPayment settleRefunds =
      new SettleRefundsOfPayment(stripe, settleRefund);

  @BeforeEach
  void stripe_knows_one_refund() {
    when(stripe.refund(REFUND.id())).thenReturn(REFUND);
    when(stripe.refundsOf(INTENT)).thenReturn(List.of(REFUND));
  }

  @Test
  void a_refund_of_no_money_of_ours_that_has_moved_none_is_not_ours() {
    when(apply.handle(any())).thenReturn(Answer.NOT_OURS);

    assertThat(settleRefund.handle(REFUND.id())).isFalse();
    assertThat(settleRefunds.handle(INTENT)).isFalse();
  }

  @Test
  void a_refund_of_money_of_ours_is_ours_and_so_is_one_that_has_moved_money() {
    when(apply.handle(any())).thenReturn(Answer.APPLIED);
    assertThat(settleRefunds.handle(INTENT)).isTrue();

    when(apply.handle(any())).thenReturn(Answer.NOT_OURS);
    when(money.handle(INTENT)).thenReturn(true);
    assertThat(settleRefunds.handle(INTENT)).isTrue();
  }

  @Test
  void a_payment_intent_without_refunds_has_none_of_ours() {
    when(stripe.refundsOf(INTENT)).thenReturn(List.of());

    assertThat(settleRefunds.handle(INTENT)).isFalse();
  }
}
