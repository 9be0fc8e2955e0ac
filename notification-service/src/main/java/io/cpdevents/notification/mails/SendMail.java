package io.cpdevents.notification.mails;

import io.cpdevents.notification.profiles.Profiles;
import io.cpdevents.notification.profiles.Profiles.Recipient;
import io.cpdevents.notification.smtp.Envelope;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.notification.smtp.MailServer.Answer;
import io.cpdevents.notification.writing.MailWriter;
import io.cpdevents.notification.writing.MailWriter.Writing;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * A claimed mail is written and handed to the mail server. Runs outside any transaction: what
 * became of it is saved by the caller.
 */
@Service
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

  /** One attempt. */
  SendOutcome handle(Mail mail) {
    if (mail.isExpired(clock.instant())) {
      return new SendOutcome.Withdrawn("expired");
    }
    return switch (mail.template()) {
      case EMAIL_VERIFICATION -> hand(mail, writer.emailVerification(mail.causeId()));
      case REGISTRATION_CONFIRMATION, PAYMENT_TOO_LATE -> sendToAccount(mail);
    };
  }

  private SendOutcome sendToAccount(Mail mail) {
    Optional<Recipient> recipient = profiles.find(mail.accountId());
    if (recipient.isEmpty()) {
      return new SendOutcome.Delayed("profile-unknown", RetryWait.CONTENT_UNKNOWN);
    }
    return switch (recipient.get()) {
      case Recipient.Erased _ -> new SendOutcome.Withdrawn("recipient-erased");
      case Recipient.Known known -> hand(mail, write(mail, known));
    };
  }

  private Writing write(Mail mail, Recipient.Known recipient) {
    UUID registrationId = required(mail.registrationId(), mail);
    return mail.template() == MailTemplate.PAYMENT_TOO_LATE
        ? writer.paymentTooLate(registrationId, required(mail.amount(), mail), recipient)
        : writer.registrationConfirmation(registrationId, recipient);
  }

  private SendOutcome hand(Mail mail, Writing writing) {
    return switch (writing) {
      case Writing.CauseGone _ -> new SendOutcome.Withdrawn("cause-gone");
      case Writing.Missing missing ->
          new SendOutcome.Delayed(missing.what(), RetryWait.CONTENT_UNKNOWN);
      case Writing.Away away -> new SendOutcome.Delayed(away.whom(), RetryWait.CONTENT_AWAY);
      case Writing.Done done -> answered(mailServer.hand(new Envelope(mail.id(), done.letter())));
    };
  }

  private static SendOutcome answered(Answer answer) {
    return switch (answer) {
      case Answer.Accepted _ -> new SendOutcome.Accepted();
      case Answer.Refused refused -> new SendOutcome.Refused(refused.reason());
      case Answer.Deferred deferred ->
          new SendOutcome.Delayed(deferred.reason(), RetryWait.MAIL_DEFERRED);
      case Answer.Away away -> new SendOutcome.Delayed(away.reason(), RetryWait.SERVER_AWAY);
    };
  }

  private static <T> T required(@Nullable T value, Mail mail) {
    if (value == null) {
      throw new IllegalStateException("mail %s is about nothing".formatted(mail.id()));
    }
    return value;
  }
}
