package io.cpdevents.notification.mails;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** The cause of a mail that one thing may have several of. */
public final class MailCause {

  private MailCause() {}

  /**
   * The cause.
   *
   * @param id of the thing
   * @param occasion tells the mails about it apart; whoever is told of it again names the same
   */
  public static UUID of(UUID id, Object occasion) {
    return UUID.nameUUIDFromBytes((id + " " + occasion).getBytes(UTF_8));
  }
}
