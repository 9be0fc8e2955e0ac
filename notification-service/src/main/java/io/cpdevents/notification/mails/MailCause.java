package io.cpdevents.notification.mails;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** The cause of a mail of which the same object may cause several. */
public final class MailCause {

  private MailCause() {}

  /**
   * The cause.
   *
   * @param id of the object
   * @param occasion distinguishes the mails about the object; the same event always gives the same
   *     occasion
   */
  public static UUID of(UUID id, Object occasion) {
    return UUID.nameUUIDFromBytes((id + " " + occasion).getBytes(UTF_8));
  }
}
