package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.front.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a payment method does when it is used: one of Stripe's test cards or test bank accounts. */
public sealed interface TestMethod permits TestCard, TestIban {
  /** The name of the constant, by which payment methods and charges remember it. */
  String name();

  /** Stripe's type of payment method. */
  String type();

  /** Describes itself in a payment method of its type. */
  void describe(ObjectNode paymentMethod);

  /** Describes itself in a charge, from the payment method that was charged. */
  ObjectNode detailsOfCharge(ObjectNode paymentMethod);

  /** Why it does not pay; null when it pays. */
  @Nullable StripeRefusal decline();

  /** Why it cannot be saved for later; null when it can. */
  @Nullable StripeRefusal declineOfSetup();

  boolean needsAuthentication();

  /** Whether the bank answers only after a while. */
  boolean isSlow();

  /** Whether the bank, after that while, refuses. */
  boolean failsLater();

  /** Remembers itself in a payment method or a charge. */
  default void keepIn(StripeObject holder) {
    holder.inner().put(this instanceof TestCard ? "card" : "iban", name());
  }

  /** The one that a payment method or a charge remembers. */
  static TestMethod of(StripeObject holder) {
    String iban = holder.innerText("iban");
    if (iban != null) {
      return TestIban.valueOf(iban);
    }
    String card = holder.innerText("card");
    return card == null ? TestCard.VISA : TestCard.valueOf(card);
  }
}
