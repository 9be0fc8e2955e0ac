package io.cpdevents.registration.registrations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the platform decides about registrations.
 *
 * @param processingHold how long places are kept for a buyer whose bank takes its time, from when
 *     billing-service tells of it
 * @param disputedTicketsAreInvalid whether tickets let nobody in whose payment the buyer's bank
 *     takes back as a whole
 */
@ConfigurationProperties("cpd.registration")
record RegistrationSettings(Duration processingHold, boolean disputedTicketsAreInvalid) {}
