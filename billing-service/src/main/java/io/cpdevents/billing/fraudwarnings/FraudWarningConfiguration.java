package io.cpdevents.billing.fraudwarnings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of fraud warnings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FraudWarningSettings.class)
class FraudWarningConfiguration {}
