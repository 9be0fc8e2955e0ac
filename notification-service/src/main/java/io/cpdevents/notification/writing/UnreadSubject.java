package io.cpdevents.notification.writing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The subject of a mail that this release cannot send, because it has no class for the mail or the
 * class does not know the subject's fields: after a roll-back, or while a new release takes over.
 */
public record UnreadSubject(@JsonValue JsonNode json) implements MailSubject {

  @Override
  public @Nullable UUID organizationId() {
    return id("organizationId");
  }

  @Override
  public @Nullable UUID registrationId() {
    return id("registrationId");
  }

  @Override
  public boolean goesToAccount() {
    return false;
  }

  private @Nullable UUID id(String field) {
    String id = json.path(field).asString("");
    return id.isEmpty() ? null : UUID.fromString(id);
  }
}
