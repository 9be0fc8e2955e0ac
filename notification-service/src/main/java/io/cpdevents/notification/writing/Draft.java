package io.cpdevents.notification.writing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that can be written: its kind, and what it is about.
 *
 * @param <S> what it is about
 * @param <C> the content that its source provides
 */
public final class Draft<S extends MailSubject, C> {

  private final MailKind<S, C> kind;
  private final S subject;

  private Draft(MailKind<S, C> kind, S subject) {
    this.kind = kind;
    this.subject = subject;
  }

  static <S extends MailSubject, C> Draft<S, C> of(MailKind<S, C> kind, MailSubject subject) {
    return new Draft<>(kind, kind.subjectType().cast(subject));
  }

  /** The kind's name. */
  public String template() {
    return kind.template();
  }

  /** Whether it is sent before those for which nobody waits. */
  public boolean isUrgent() {
    return kind.isUrgent();
  }

  /** When it is not worth sending any more; null: it always is. */
  public @Nullable Instant expiresAt() {
    return kind.expiresAt(subject).orElse(null);
  }

  /** What provides its content. */
  public ContentSource<C> source() {
    return kind.source();
  }

  /** The id for which the source is asked. */
  public UUID contentId() {
    return kind.contentId(subject);
  }

  MailKind<S, C> kind() {
    return kind;
  }

  S subject() {
    return subject;
  }

  /** The content of this mail, out of all that the source has provided. */
  Optional<C> content(Map<UUID, ?> provided) {
    return Optional.ofNullable(provided.get(contentId())).map(kind.source().contentType()::cast);
  }
}
