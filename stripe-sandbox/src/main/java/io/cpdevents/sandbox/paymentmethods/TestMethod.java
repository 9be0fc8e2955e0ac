package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One of Stripe's test cards or test bank accounts, which decides how a payment ends. */
public sealed interface TestMethod permits TestCard, TestIban {
  /** The name of the constant, which is stored with payment methods and charges. */
  String name();

  /** Stripe's type of payment method. */
  String type();

  /** Fills in a payment method of its type. */
  void describe(ObjectNode paymentMethod);

  /** The details for a charge, from the payment method that was charged. */
  ObjectNode detailsOfCharge(ObjectNode paymentMethod);

  /** The decline of every payment; null when it pays. */
  @Nullable StripeRefusal decline();

  /** The decline of saving it for later; null when it can be saved. */
  @Nullable StripeRefusal declineOfSetup();

  boolean needsAuthentication();

  /** Whether a payment is in {@code processing} first. */
  boolean isSlow();

  /** Whether a payment fails after {@code processing}. */
  boolean failsLater();

  /** Stores its name in a payment method or a charge. */
  default void storeIn(StripeObject holder) {
    holder.inner().put(this instanceof TestCard ? "card" : "iban", name());
  }

  /** The one whose name is stored in a payment method or a charge. */
  static TestMethod of(StripeObject holder) {
    String iban = holder.innerText("iban");
    if (iban != null) {
      return TestIban.valueOf(iban);
    }
    String card = holder.innerText("card");
    return card == null ? TestCard.VISA : TestCard.valueOf(card);
  }
}
