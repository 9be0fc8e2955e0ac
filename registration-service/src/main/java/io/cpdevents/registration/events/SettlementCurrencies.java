package io.cpdevents.registration.events;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Currency;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The currencies in which Stripe keeps a balance for the platform. Events are sold in these only,
 * so that no money is converted.
 */
@ConfigurationProperties("cpd.settlement")
record SettlementCurrencies(Set<Currency> currencies) {

  /**
   * Asks that events can be sold in a currency.
   *
   * @throws RuleViolation {@code invalid-request}
   */
  void require(Currency currency) {
    if (!currencies.contains(currency)) {
      throw FieldProblem.NOT_SUPPORTED.on("currency");
    }
  }
}
