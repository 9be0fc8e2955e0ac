package io.cpdevents.notification.writing;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the owners of mail content are.
 *
 * @param accountsUrl accounts-service
 * @param registrationUrl registration-service
 */
@ConfigurationProperties("cpd")
record ContentAddresses(String accountsUrl, String registrationUrl) {}
