package io.cpdevents.accounts.secrets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of one mail with a link that somebody asked for.
 *
 * @param email where the mail goes
 * @param link holds the token, so it goes into the mail and nowhere else
 * @param ipAddress from where it was asked for
 * @param device from which device, for example {@code Firefox on Linux}
 */
public record LinkMail(
    String email,
    String name,
    @Nullable String locale,
    @Nullable String timeZone,
    String link,
    Instant requestedAt,
    String ipAddress,
    String device,
    Instant expiresAt) {

  @Override
  public String toString() {
    return "(hidden)";
  }
}
