package io.cpdevents.local.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The readable parts of a MIME message. */
final class MailParts {

  private MailParts() {}

  /** The first part of this type, for example {@code text/plain}; null when there is none. */
  static @Nullable String first(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type) && part.getContent() instanceof String text) {
      return text;
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int index = 0; index < parts.getCount(); index++) {
        BodyPart child = parts.getBodyPart(index);
        String text = first(child, type);
        if (text != null) {
          return text;
        }
      }
    }
    return null;
  }
}
