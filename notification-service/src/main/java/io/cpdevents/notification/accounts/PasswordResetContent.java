package io.cpdevents.notification.accounts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of a mail about a forgotten password, from accounts-service.
 *
 * @param link holds the token: never kept, never logged
 * @param ipAddress from where it was asked for
 * @param device from which device, in words without addresses
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PasswordResetContent(
    String email,
    String name,
    @Nullable String locale,
    @Nullable String timeZone,
    URI link,
    Instant requestedAt,
    String ipAddress,
    String device,
    Instant expiresAt) {

  @Override
  public String toString() {
    return "PasswordResetContent[…]";
  }
}
