package io.cpdevents.notification.smtp;

import java.util.List;
import java.util.Locale;

/**
 * A mail as its reader sees it.
 *
 * @param email whom it goes to
 * @param name of that person; may be empty
 * @param language what it is written in
 * @param subject one line
 * @param text for readers without HTML
 * @param html the same as HTML
 */
public record Letter(
    String email,
    String name,
    Locale language,
    String subject,
    String text,
    String html,
    List<Attachment> attachments) {

  /** Names, addresses, links and codes stay out of the log. */
  @Override
  public String toString() {
    return "Letter[…]";
  }
}
