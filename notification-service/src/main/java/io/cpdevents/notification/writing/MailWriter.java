package io.cpdevents.notification.writing;

import io.cpdevents.notification.profiles.Profiles.Recipient;
import io.cpdevents.notification.smtp.Letter;
import io.cpdevents.notification.smtp.SingleLine;
import io.cpdevents.notification.writing.RegistrationContent.EventContent;
import io.cpdevents.notification.writing.RegistrationContent.TicketContent;
import io.cpdevents.platform.money.Money;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Writes each mail: asks the owner for what it says and renders it. */
@Component
public class MailWriter {

  private static final Logger log = LoggerFactory.getLogger(MailWriter.class);

  private static final int TITLE_CHARACTERS = 150;
  private static final int TEXT_CHARACTERS = 300;

  /** What came of writing a mail. */
  public sealed interface Writing {

    /** It is written. */
    record Done(Letter letter) implements Writing {}

    /** Nobody needs it any more. */
    record CauseGone() implements Writing {}

    /** The owner answers, and does not know what the mail is about. */
    record Missing(String what) implements Writing {}

    /** The owner does not answer. */
    record Away(String whom) implements Writing {}
  }

  private final ContentSources sources;
  private final Renderer renderer;

  MailWriter(ContentSources sources, Renderer renderer) {
    this.sources = sources;
    this.renderer = renderer;
  }

  /** The link that proves that an address is the person's; the owner of the request knows both. */
  public Writing emailVerification(UUID requestId) {
    return written(
        "accounts-away",
        () -> sources.verification(requestId),
        this::emailVerification,
        new Writing.CauseGone());
  }

  /**
   * Asks at once about the registrations of several mails. When that fails, each mail asks for
   * itself: one whose content cannot be told does not hold up the others.
   */
  public RegistrationContents contents(Set<UUID> registrationIds) {
    if (registrationIds.size() > 1) {
      try {
        return RegistrationContents.of(sources.registrations(registrationIds));
      } catch (RestClientException | CallNotPermittedException e) {
        log.warn(
            "{} registrations could not be asked about at once: {}",
            registrationIds.size(),
            e.getClass().getSimpleName());
      }
    }
    return RegistrationContents.NOT_THERE;
  }

  /** The places are the buyer's; with the tickets. */
  public Writing registrationConfirmation(
      UUID registrationId, RegistrationContents contents, Recipient.Known recipient) {
    return written(
        "registration-away",
        () -> contents.of(registrationId, sources),
        content -> registrationConfirmation(content, recipient),
        new Writing.Missing("registration-unknown"));
  }

  /** The money came when no place was left, and goes back. */
  public Writing paymentTooLate(
      UUID registrationId, RegistrationContents contents, Money amount, Recipient.Known recipient) {
    return written(
        "registration-away",
        () -> contents.of(registrationId, sources),
        content -> paymentTooLate(content, amount, recipient),
        new Writing.Missing("registration-unknown"));
  }

  private static <T> Writing written(
      String awayReason, Supplier<Optional<T>> ask, Function<T, Writing> write, Writing unknown) {
    Optional<T> content;
    try {
      content = ask.get();
    } catch (RestClientException | CallNotPermittedException e) {
      log.warn("{}: {}", awayReason, e.getClass().getSimpleName());
      return new Writing.Away(awayReason);
    }
    return content.map(write).orElse(unknown);
  }

  private Writing emailVerification(VerificationContent content) {
    Wording wording = Wording.of(content.locale());
    ZoneId zone = ZoneId.of(content.timeZone() == null ? "UTC" : content.timeZone());
    return done(
        renderer.render(
            "email-verification",
            content.email(),
            "",
            wording,
            new Object[] {},
            Map.of(
                "link", content.link(), "expiresAt", wording.moment(content.expiresAt(), zone))));
  }

  private Writing registrationConfirmation(RegistrationContent content, Recipient.Known recipient) {
    if (!content.isConfirmed()) {
      // Cancelled since: there are no tickets to send any more.
      return new Writing.CauseGone();
    }
    Wording wording = Wording.of(recipient.locale());
    EventContent event = content.event();
    Money total = Money.from(content.total());
    String title = line(event.title(), TITLE_CHARACTERS);
    Map<String, Object> values = new HashMap<>();
    values.put("name", line(recipient.name(), TEXT_CHARACTERS));
    values.put("title", title);
    values.put(
        "when", wording.period(event.startsAt(), event.endsAt(), ZoneId.of(event.timeZone())));
    values.put("online", event.mode().equals("online"));
    values.put("venue", optionalLine(event.venue()));
    values.put("reference", line(content.reference(), TEXT_CHARACTERS));
    values.put("total", total.isZero() ? "" : wording.money(total));
    values.put("tickets", content.tickets().stream().map(MailWriter::ticket).toList());
    return done(
        renderer.render(
            "registration-confirmation",
            recipient.email(),
            recipient.name(),
            wording,
            new Object[] {title},
            values));
  }

  private Writing paymentTooLate(
      RegistrationContent content, Money amount, Recipient.Known recipient) {
    Wording wording = Wording.of(recipient.locale());
    String title = line(content.event().title(), TITLE_CHARACTERS);
    return done(
        renderer.render(
            "payment-too-late",
            recipient.email(),
            recipient.name(),
            wording,
            new Object[] {title},
            Map.of(
                "name", line(recipient.name(), TEXT_CHARACTERS),
                "title", title,
                "reference", line(content.reference(), TEXT_CHARACTERS),
                "amount", wording.money(amount))));
  }

  private static Writing done(Letter letter) {
    return new Writing.Done(letter);
  }

  private static Map<String, String> ticket(TicketContent ticket) {
    return Map.of(
        "type", line(ticket.ticketTypeName(), TEXT_CHARACTERS),
        "attendee", line(ticket.attendeeName(), TEXT_CHARACTERS),
        "code", Objects.requireNonNull(ticket.code()));
  }

  private static String optionalLine(@Nullable String text) {
    return text == null ? "" : line(text, TEXT_CHARACTERS);
  }

  private static String line(String text, int longest) {
    return SingleLine.of(text, longest);
  }
}
