package io.cpdevents.registration.events;

import java.util.Currency;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The currencies in which Stripe keeps a balance for the platform. Events are sold in these only,
 * so that no money is converted.
 */
@ConfigurationProperties("cpd.settlement")
record SettlementCurrencies(Set<Currency> currencies) {}
