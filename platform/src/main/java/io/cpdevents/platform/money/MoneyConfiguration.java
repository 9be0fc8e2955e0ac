package io.cpdevents.platform.money;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Configures the currencies of the platform. */
@AutoConfiguration
@EnableConfigurationProperties(SettlementCurrencies.class)
public class MoneyConfiguration {}
