package io.cpdevents.notification.writing;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Letter;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Writes mails: asks the owners for what they say, and renders it. */
@Component
public class MailWriter {

  private static final Logger log = LoggerFactory.getLogger(MailWriter.class);

  /** What came of writing a mail. Reasons are codes. */
  public sealed interface Writing {

    /**
     * It is written.
     *
     * @param followUps mails to others that have to be queued
     * @param isBounded whether how many like it go out in a day is bounded
     */
    record Written(Letter letter, List<FollowUp> followUps, boolean isBounded) implements Writing {}

    /**
     * Nobody needs it any more, or nobody is there to get it.
     *
     * @param followUps mails to others that have to be queued nevertheless
     */
    record Pointless(String reason, List<FollowUp> followUps) implements Writing {

      Pointless(String reason) {
        this(reason, List.of());
      }
    }

    /** What it needs is not known yet. */
    record TooEarly(String reason) implements Writing {}
  }

  private final Renderer renderer;
  private final Languages languages;
  private final Lines lines;

  MailWriter(Renderer renderer, Languages languages, Lines lines) {
    this.renderer = renderer;
    this.languages = languages;
    this.lines = lines;
  }

  /**
   * Asks an owner for what several mails say.
   *
   * @return by id, of those that the owner knows; empty when it does not answer
   */
  public Optional<Map<UUID, ?>> ask(ContentSource<?> source, Set<UUID> ids) {
    try {
      return Optional.of(source.find(ids));
    } catch (RestClientException | CallNotPermittedException e) {
      // Its message may quote the answer.
      log.warn(
          "{} did not tell what {} mails say: {}",
          source.owner(),
          ids.size(),
          e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /**
   * Writes one mail.
   *
   * @param told what its source told
   * @param account the person whose account it is for; null when the profile is not known yet
   */
  public <S extends MailSubject, C> Writing write(
      Draft<S, C> draft, Map<UUID, ?> told, @Nullable Recipient account) {
    C content = draft.content(told).orElse(null);
    if (content == null) {
      return unknown(draft.source());
    }
    if (draft.kind().isTooEarly(draft.subject(), content)) {
      return new Writing.TooEarly(draft.source().owner() + "-behind");
    }
    return switch (recipient(draft, content, account)) {
      case null -> new Writing.TooEarly("profile-unknown");
      // Whom an erased person has named is told all the same.
      case Recipient.Erased erased ->
          new Writing.Pointless(
              "recipient-erased", draft.kind().followUps(draft.subject(), content, erased));
      case Recipient.Known known -> write(draft, content, known);
    };
  }

  private <S extends MailSubject, C> Writing write(
      Draft<S, C> draft, C content, Recipient.Known recipient) {
    MailKind<S, C> kind = draft.kind();
    S subject = draft.subject();
    Wording wording =
        Wording.of(languages.closestTo(recipient.locale()), recipient.timeZone(), lines);
    Record model = kind.model(subject, content, wording).orElse(null);
    return model == null
        ? new Writing.Pointless("cause-gone")
        : new Writing.Written(
            renderer.render(
                draft.template(),
                recipient,
                wording,
                model,
                kind.attachments(subject, content, wording)),
            kind.followUps(subject, content, recipient),
            kind.isBounded(subject, content));
  }

  private static Writing unknown(ContentSource<?> source) {
    return source.isUnknownGone()
        ? new Writing.Pointless("cause-gone")
        : new Writing.TooEarly(source.owner() + "-unknown");
  }

  private static <S extends MailSubject, C> @Nullable Recipient recipient(
      Draft<S, C> draft, C content, @Nullable Recipient account) {
    return draft
        .kind()
        .recipient(draft.subject(), content, Optional.ofNullable(account))
        .orElse(null);
  }
}
