package io.cpdevents.payout.payoutaccounts;

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

  /** The country of a new account, which {@link PayoutCountry} allows when it is wanted. */
  String chosen(@Nullable String wanted) {
    return wanted == null ? countries.getFirst() : wanted;
  }
}
