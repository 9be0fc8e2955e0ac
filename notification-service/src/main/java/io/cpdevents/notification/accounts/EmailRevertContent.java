package io.cpdevents.notification.accounts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of the mail to an old e-mail address, from accounts-service.
 *
 * @param email where it goes
 * @param link holds the token: never kept, never logged
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record EmailRevertContent(
    String email,
    String name,
    @Nullable String locale,
    @Nullable String timeZone,
    URI link,
    Instant expiresAt) {

  @Override
  public String toString() {
    return "EmailRevertContent[…]";
  }
}
