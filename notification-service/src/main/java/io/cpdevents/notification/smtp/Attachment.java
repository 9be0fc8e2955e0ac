package io.cpdevents.notification.smtp;

import org.jspecify.annotations.Nullable;

/**
 * A file that goes with a mail.
 *
 * @param contentType with its parameters, for example {@code image/png}
 * @param contentId the id by which the mail's HTML shows it ({@code cid:…}); null: it is an
 *     attachment that the reader opens or saves
 */
public record Attachment(
    String fileName, String contentType, byte[] content, @Nullable String contentId) {

  /** A file that the reader opens or saves. */
  public static Attachment file(String fileName, String contentType, byte[] content) {
    return new Attachment(fileName, contentType, content, null);
  }

  /** A file that the letter's HTML shows. */
  public static Attachment shown(
      String fileName, String contentType, byte[] content, String contentId) {
    return new Attachment(fileName, contentType, content, contentId);
  }

  /** Codes stay out of the log. */
  @Override
  public String toString() {
    return "Attachment[" + contentType + "]";
  }
}
