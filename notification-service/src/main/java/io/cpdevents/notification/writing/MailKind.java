package io.cpdevents.notification.writing;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Attachment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One of the mails that people get. A kind is a component; {@link MailKinds} finds it. Its words
 * are the lines of {@code mails/messages} that begin with its template's name, and the files of
 * that name in {@code mails/text} and {@code mails/html} put the lines and the values of its model
 * together.
 *
 * @param <S> what a mail is about; only this kind has it
 * @param <C> the content that its source provides when the mail is sent
 */
public abstract class MailKind<S extends MailSubject, C> {

  private static final Pattern KEBAB_CASE = Pattern.compile("[a-z]+(-[a-z]+)*");

  private final String template;
  private final Class<S> subjectType;
  private final ContentSource<C> source;
  private final Function<S, UUID> contentId;

  /**
   * A kind.
   *
   * @param template its name in kebab-case: in the database, in the API, of its files and lines
   * @param source provides the content
   * @param contentId the id for which the source is asked
   */
  protected MailKind(
      String template, Class<S> subjectType, ContentSource<C> source, Function<S, UUID> contentId) {
    if (!KEBAB_CASE.matcher(template).matches()) {
      throw new IllegalArgumentException(template);
    }
    this.template = template;
    this.subjectType = subjectType;
    this.source = source;
    this.contentId = contentId;
  }

  /** Whether somebody waits for the mail: it is sent before those for which nobody does. */
  protected boolean isUrgent() {
    return false;
  }

  /**
   * Whether how many of it go out in a day is bounded: it goes to an address that the person whose
   * mail it is has typed, and nothing was paid for that.
   */
  protected boolean isBounded(S subject, C content) {
    return false;
  }

  /** When the mail is not worth sending any more; empty: it always is. */
  protected Optional<Instant> expiresAt(S subject) {
    return Optional.empty();
  }

  /** Whether the owner of the content has not heard yet of what the mail is about: it waits. */
  protected boolean isTooEarly(S subject, C content) {
    return false;
  }

  /**
   * To whom the mail goes; empty when that is not known yet.
   *
   * @param account whose mail it is; empty when that is not known yet
   */
  protected Optional<Recipient> recipient(S subject, C content, Optional<Recipient> account) {
    return account;
  }

  /**
   * The values of the templates, by the names of the record's components; the recipient's {@code
   * name} is there without being one of them.
   *
   * @return empty when nobody needs the mail any more, as things are now
   */
  protected abstract Optional<? extends Record> model(S subject, C content, Wording wording);

  /** What goes with the letter, files that its HTML shows included. */
  protected List<Attachment> attachments(S subject, C content, Wording wording) {
    return List.of();
  }

  /** What others have to be told because of the same, also when the recipient was erased. */
  protected List<FollowUp> followUps(S subject, C content, Recipient recipient) {
    return List.of();
  }

  final String template() {
    return template;
  }

  final Class<S> subjectType() {
    return subjectType;
  }

  final ContentSource<C> source() {
    return source;
  }

  final UUID contentId(S subject) {
    return contentId.apply(subject);
  }
}
