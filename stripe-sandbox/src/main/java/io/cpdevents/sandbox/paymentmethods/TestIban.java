package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeJson;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stripe's test bank accounts for SEPA direct debits, from
 * https://docs.stripe.com/payments/sepa-debit.
 */
public enum TestIban implements TestMethod {
  PAYS_LATER("AT611904300234573201"),
  PAYS_LATER_GERMANY("DE89370400440532013000"),
  FAILS_LATER("AT861904300235473202"),
  FAILS_LATER_GERMANY("DE62370400440532013001"),
  FAILS_LATER_ITALY("IT60X0542811101000000123456");

  private final String number;

  TestIban(String number) {
    this.number = number;
  }

  /**
   * The account with this number; spaces do not matter.
   *
   * @throws StripeRefusal 400 when it is none of Stripe's test accounts
   */
  static TestIban of(String number, String param) {
    String letters = number.replace(" ", "").toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(iban -> iban.number.equals(letters))
        .findFirst()
        .orElseThrow(() ->
            StripeRefusal.invalid(
                "invalid_bank_account_iban", param, "The IBAN you provided is invalid."));
  }

  @Override
  public String type() {
    return "sepa_debit";
  }

  @Override
  public void describe(ObjectNode paymentMethod) {
    paymentMethod.remove("card");
    ObjectNode details = paymentMethod.putObject(type());
    details.put("bank_code", number.substring(4, 9));
    details.put("branch_code", "");
    details.put("country", number.substring(0, 2));
    details.put("fingerprint", "Fp" + name().replace("_", ""));
    details.putNull("generated_from");
    details.put("last4", number.substring(number.length() - 4));
  }

  @Override
  public ObjectNode detailsOfCharge(ObjectNode paymentMethod) {
    ObjectNode details = StripeJson.object();
    for (String field :
        new String[] {"bank_code", "branch_code", "country", "fingerprint", "last4"}) {
      details.set(field, paymentMethod.get(type()).get(field));
    }
    details.putNull("mandate");
    return details;
  }

  @Override
  public @Nullable StripeRefusal decline() {
    return null;
  }

  @Override
  public @Nullable StripeRefusal declineOfSetup() {
    return null;
  }

  @Override
  public boolean needsAuthentication() {
    return false;
  }

  @Override
  public boolean isSlow() {
    return true;
  }

  @Override
  public boolean failsLater() {
    return name().startsWith("FAILS");
  }
}
