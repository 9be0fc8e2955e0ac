package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.BookInvoiceRefund;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeRefund;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody has given money of a plan back in Stripe's dashboard: what that moved is booked. */
@Component
class BookRefundOfInvoice {

  private final BookInvoiceRefund book;

  BookRefundOfInvoice(BookInvoiceRefund book) {
    this.book = book;
  }

  /** Books what Stripe has booked, each once. */
  @Transactional
  void handle(StripeRefund refund) {
    Stream.<StripeBalanceTransaction>concat(
            Stream.ofNullable(refund.balanceTransaction()),
            Stream.ofNullable(refund.failureBalanceTransaction()))
        .forEach(book::handle);
  }
}
