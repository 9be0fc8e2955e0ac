package io.cpdevents.notification.mails;

import io.cpdevents.notification.profiles.Profiles;
import io.cpdevents.notification.profiles.Profiles.Recipient;
import io.cpdevents.notification.smtp.Envelope;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.notification.smtp.MailServer.Answer;
import io.cpdevents.notification.writing.MailWriter;
import io.cpdevents.notification.writing.MailWriter.Writing;
import io.cpdevents.notification.writing.RegistrationContents;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Claimed mails are written and handed to the mail server. Runs outside any transaction: what
 * became of them is saved by the caller.
 */
@Component
class SendMail {

  private final Profiles profiles;
  private final MailWriter writer;
  private final MailServer mailServer;
  private final Clock clock;

  SendMail(Profiles profiles, MailWriter writer, MailServer mailServer, Clock clock) {
    this.profiles = profiles;
    this.writer = writer;
    this.mailServer = mailServer;
    this.clock = clock;
  }

  /**
   * What mails need that was asked for at once.
   *
   * @param recipients by account; who is missing is not known yet
   */
  record Needs(Map<UUID, Recipient> recipients, RegistrationContents contents) {}

  /** Whether others have to be asked before, for this mail and more of its kind at once. */
  boolean needsSomething(Mail mail) {
    return mail.template() != MailTemplate.EMAIL_VERIFICATION;
  }

  /** Asks at once for what several mails need. */
  Needs needsOf(List<Mail> mails) {
    Set<UUID> accounts = new HashSet<>();
    Set<UUID> registrations = new HashSet<>();
    for (Mail mail : mails) {
      if (needsSomething(mail)) {
        accounts.add(mail.accountId());
        registrations.add(required(mail.registrationId(), mail));
      }
    }
    return new Needs(
        accounts.isEmpty() ? Map.of() : profiles.find(accounts), writer.contents(registrations));
  }

  /**
   * One attempt.
   *
   * @param stillOurs asked before the mail server is: another worker may have the mail by then
   */
  SendOutcome handle(Mail mail, Needs needs, BooleanSupplier stillOurs) {
    if (mail.isExpired(clock.instant())) {
      return new SendOutcome.Withdrawn("expired");
    }
    return switch (mail.template()) {
      case EMAIL_VERIFICATION -> hand(mail, writer.emailVerification(mail.causeId()), stillOurs);
      case REGISTRATION_CONFIRMATION, PAYMENT_TOO_LATE -> sendToAccount(mail, needs, stillOurs);
    };
  }

  private SendOutcome sendToAccount(Mail mail, Needs needs, BooleanSupplier stillOurs) {
    return switch (needs.recipients().get(mail.accountId())) {
      case null -> new SendOutcome.Delayed("profile-unknown", RetryWait.CONTENT_UNKNOWN);
      case Recipient.Erased _ -> new SendOutcome.Withdrawn("recipient-erased");
      case Recipient.Known known -> hand(mail, write(mail, needs.contents(), known), stillOurs);
    };
  }

  private Writing write(Mail mail, RegistrationContents contents, Recipient.Known recipient) {
    UUID registrationId = required(mail.registrationId(), mail);
    return mail.template() == MailTemplate.PAYMENT_TOO_LATE
        ? writer.paymentTooLate(registrationId, contents, required(mail.amount(), mail), recipient)
        : writer.registrationConfirmation(registrationId, contents, recipient);
  }

  private SendOutcome hand(Mail mail, Writing writing, BooleanSupplier stillOurs) {
    return switch (writing) {
      case Writing.CauseGone _ -> new SendOutcome.Withdrawn("cause-gone");
      case Writing.Missing missing ->
          new SendOutcome.Delayed(missing.what(), RetryWait.CONTENT_UNKNOWN);
      case Writing.Away away -> new SendOutcome.Delayed(away.whom(), RetryWait.CONTENT_AWAY);
      case Writing.Done done ->
          answered(mailServer.hand(new Envelope(mail.id(), done.letter()), stillOurs));
    };
  }

  private static SendOutcome answered(Answer answer) {
    return switch (answer) {
      case Answer.Accepted _ -> new SendOutcome.Accepted();
      case Answer.Refused refused -> new SendOutcome.Refused(refused.reason());
      case Answer.Deferred deferred ->
          new SendOutcome.Delayed(deferred.reason(), RetryWait.MAIL_DEFERRED);
      case Answer.Away away -> new SendOutcome.Delayed(away.reason(), RetryWait.SERVER_AWAY);
      case Answer.Withheld _ -> new SendOutcome.Delayed("lease-over", RetryWait.CONTENT_AWAY);
    };
  }

  private static <T> T required(@Nullable T value, Mail mail) {
    if (value == null) {
      throw new IllegalStateException("mail %s is about nothing".formatted(mail.id()));
    }
    return value;
  }
}
