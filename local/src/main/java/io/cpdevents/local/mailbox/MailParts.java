package io.cpdevents.local.mailbox;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of a MIME message, without what is around them. */
final class MailParts {

  private final List<Part> texts = new ArrayList<>();
  private final List<MailFile> files = new ArrayList<>();

  private MailParts() {}

  static MailParts of(MimeMessage message) throws MessagingException, IOException {
    MailParts parts = new MailParts();
    parts.add(message);
    return parts;
  }

  private void add(Part part) throws MessagingException, IOException {
    if (part.getContent() instanceof Multipart parts) {
      for (int index = 0; index < parts.getCount(); index++) {
        add(parts.getBodyPart(index));
      }
    } else if (part.getFileName() == null) {
      texts.add(part);
    } else {
      files.add(
          new MailFile(
              MimeUtility.decodeText(part.getFileName()),
              typeWithoutName(part),
              contentId(part),
              part.getInputStream().readAllBytes()));
    }
  }

  /** Some repeat the file's name in it. */
  private static String typeWithoutName(Part part) throws MessagingException {
    ContentType type = new ContentType(MimeUtility.unfold(part.getContentType()));
    if (type.getParameterList() != null) {
      type.getParameterList().remove("name");
    }
    return type.toString();
  }

  private static @Nullable String contentId(Part part) throws MessagingException {
    String[] ids = part.getHeader("Content-ID");
    return ids == null ? null : ids[0].replaceAll("[<>]", "");
  }

  /** The first text of this type, for example {@code text/plain}. */
  Optional<String> text(String type) throws MessagingException, IOException {
    for (Part part : texts) {
      if (part.isMimeType(type) && part.getContent() instanceof String text) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  List<MailFile> files() {
    return List.copyOf(files);
  }

  static Map<String, String> headers(MimeMessage message) throws MessagingException, IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : Collections.list(message.getAllHeaders())) {
      headers.put(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
    }
    return headers;
  }
}
