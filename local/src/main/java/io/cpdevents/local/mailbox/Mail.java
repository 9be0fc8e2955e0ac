package io.cpdevents.local.mailbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail as one recipient got it.
 *
 * @param id counts up from 1
 * @param messageId the Message-ID header: equal in a second copy of the same mail
 * @param headers decoded; of several with one name the last
 */
record Mail(
    long id,
    String from,
    String to,
    String subject,
    @Nullable String text,
    @Nullable String html,
    Instant receivedAt,
    @Nullable String messageId,
    @Nullable Map<String, String> headers,
    @Nullable List<MailFile> files) {

  /** What its page shows and programs are told of a file. */
  record Attachment(String name, String contentType, int size) {}

  /** What programs are told of it. */
  record View(
      long id,
      String from,
      String to,
      String subject,
      @Nullable String text,
      @Nullable String html,
      Instant receivedAt,
      @Nullable String messageId,
      @Nullable Map<String, String> headers,
      List<Attachment> attachments) {}

  /** Mails that were kept by an earlier version have neither headers nor files. */
  Mail {
    headers = Objects.requireNonNullElse(headers, Map.of());
    files = Objects.requireNonNullElse(files, List.of());
  }

  View view() {
    return new View(
        id, from, to, subject, text, html, receivedAt, messageId, headers, attachments());
  }

  /** The files beside it; those that its HTML shows are part of that. */
  List<Attachment> attachments() {
    return allFiles().stream()
        .filter(file -> file.contentId() == null)
        .map(file -> new Attachment(file.name(), file.contentType(), file.content().length))
        .toList();
  }

  Optional<MailFile> file(String name) {
    return allFiles().stream().filter(file -> file.name().equals(name)).findFirst();
  }

  List<MailFile> allFiles() {
    return Objects.requireNonNull(files);
  }

  /** Where its page and programs find a file. */
  static String address(long id, String name) {
    return "/api/messages/%d/attachments/%s"
        .formatted(id, URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
  }
}
