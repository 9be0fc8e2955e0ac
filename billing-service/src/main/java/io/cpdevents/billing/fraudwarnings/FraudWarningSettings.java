package io.cpdevents.billing.fraudwarnings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done about warnings.
 *
 * @param refundFraudWarnings whether all of a payment goes back when its card's bank suspects
 *     fraud, before it becomes a dispute with its fee
 */
@ConfigurationProperties("cpd.billing")
record FraudWarningSettings(@DefaultValue("false") boolean refundFraudWarnings) {}
