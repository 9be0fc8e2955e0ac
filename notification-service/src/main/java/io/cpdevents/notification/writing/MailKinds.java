package io.cpdevents.notification.writing;

import io.cpdevents.platform.sql.DatabaseJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The registry of mails: every kind there is, by its template and by what it is about. */
@Component
public class MailKinds {

  private final Map<String, MailKind<?, ?>> byTemplate;
  private final Map<Class<?>, MailKind<?, ?>> bySubject;

  /**
   * All kinds.
   *
   * @throws IllegalStateException when two have the same template or the same subject
   */
  MailKinds(List<MailKind<?, ?>> kinds) {
    this.byTemplate =
        kinds.stream().collect(Collectors.toMap(MailKind::template, Function.identity()));
    this.bySubject =
        kinds.stream().collect(Collectors.toMap(MailKind::subjectType, Function.identity()));
  }

  /** The mail about this; empty when this release cannot send it. */
  public Optional<Draft<?, ?>> draft(MailSubject subject) {
    return Optional.ofNullable(bySubject.get(subject.getClass()))
        .map(kind -> Draft.of(kind, subject));
  }

  /** What a stored mail is about, as its kind has it, or {@link UnreadSubject}. */
  public MailSubject read(String template, String subject) {
    MailKind<?, ?> kind = byTemplate.get(template);
    try {
      return kind == null ? unread(subject) : DatabaseJson.read(subject, kind.subjectType());
    } catch (JacksonException fieldsOfAnotherRelease) {
      return unread(subject);
    }
  }

  private static MailSubject unread(String subject) {
    return new UnreadSubject(DatabaseJson.read(subject, JsonNode.class));
  }
}
