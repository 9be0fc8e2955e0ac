package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where organizations may be paid: countries into which Stripe lets the platform transfer money.
 *
 * @param countries ISO 3166-1 alpha-2; the first is that of an organization that names none
 */
@ConfigurationProperties("cpd.payout-accounts")
public record PayoutCountries(List<String> countries) {

  /** Refuses an empty list. */
  public PayoutCountries {
    if (countries.isEmpty()) {
      throw new IllegalArgumentException("CPD_PAYOUT_COUNTRIES names no country");
    }
    countries = List.copyOf(countries);
  }

  /**
   * The country of a new account.
   *
   * @throws RuleViolation 400 with {@code not-allowed} when organizations there cannot be paid
   */
  String choose(@Nullable String wanted) {
    if (wanted == null) {
      return countries.getFirst();
    }
    if (!countries.contains(wanted)) {
      throw FieldProblem.NOT_ALLOWED.on("country");
    }
    return wanted;
  }
}
