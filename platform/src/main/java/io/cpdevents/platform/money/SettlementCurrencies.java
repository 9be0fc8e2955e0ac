package io.cpdevents.platform.money;

import java.util.Currency;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The currencies in which Stripe keeps a balance for the platform. Events are sold and
 * organizations paid in these only, so that no money is converted.
 */
@ConfigurationProperties("cpd.settlement")
record SettlementCurrencies(Set<Currency> currencies) {}
