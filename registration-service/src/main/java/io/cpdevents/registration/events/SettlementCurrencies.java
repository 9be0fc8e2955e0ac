package io.cpdevents.registration.events;

import io.cpdevents.platform.error.RuleViolation;
import java.util.Currency;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The currencies that the platform settles in: Stripe keeps a balance in each, so nothing is
 * converted on the way.
 */
@ConfigurationProperties("cpd.settlement")
record SettlementCurrencies(Set<Currency> currencies) {

  /** Refuses a currency in which no event can be sold. */
  void require(Currency currency) {
    if (!currencies.contains(currency)) {
      throw RuleViolation.invalidField("currency", "not-supported");
    }
  }
}
