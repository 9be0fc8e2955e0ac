package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.front.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeJson;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bank accounts from which the sandbox takes SEPA direct debits, from
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
    ObjectNode told = paymentMethod.putObject(type());
    told.put("bank_code", number.substring(4, 9));
    told.put("branch_code", "");
    told.put("country", number.substring(0, 2));
    told.put("fingerprint", "Fp" + name().replace("_", ""));
    told.putNull("generated_from");
    told.put("last4", number.substring(number.length() - 4));
  }

  @Override
  public ObjectNode detailsOfCharge(ObjectNode paymentMethod) {
    ObjectNode told = StripeJson.object();
    for (String field :
        new String[] {"bank_code", "branch_code", "country", "fingerprint", "last4"}) {
      told.set(field, paymentMethod.get(type()).get(field));
    }
    told.putNull("mandate");
    return told;
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
