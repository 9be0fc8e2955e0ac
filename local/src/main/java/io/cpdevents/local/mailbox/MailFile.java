package io.cpdevents.local.mailbox;

import org.jspecify.annotations.Nullable;

/**
 * A file that came with a mail.
 *
 * @param contentType with its parameters
 * @param contentId by which the mail's HTML shows it ({@code cid:…}); null: it is beside the mail
 */
record MailFile(String name, String contentType, @Nullable String contentId, byte[] content) {

  /** Whether browsers show it in a mail, and not only offer to save it. */
  boolean isPicture() {
    return contentType.startsWith("image/");
  }
}
