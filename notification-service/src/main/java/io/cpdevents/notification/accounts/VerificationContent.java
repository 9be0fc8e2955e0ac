package io.cpdevents.notification.accounts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of a verification mail, from accounts-service. The name is left out on purpose:
 * whoever signed up typed it, and the address may be somebody else's.
 *
 * @param link holds the token: never kept, never logged
 * @param ipAddress from where it was asked for
 * @param device from which device, in words without addresses
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record VerificationContent(
    String email,
    @Nullable String locale,
    @Nullable String timeZone,
    URI link,
    Instant requestedAt,
    String ipAddress,
    String device,
    Instant expiresAt) {

  @Override
  public String toString() {
    return "VerificationContent[…]";
  }
}
