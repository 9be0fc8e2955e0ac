package io.cpdevents.notification.members;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of an invitation, from accounts-service.
 *
 * @param link holds the token: never kept, never logged
 * @param inviter the name of whoever invites
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record InvitationContent(
    String email,
    @Nullable String locale,
    @Nullable String timeZone,
    URI link,
    String organization,
    RoleName role,
    String inviter,
    Instant expiresAt) {

  @Override
  public String toString() {
    return "InvitationContent[…]";
  }
}
