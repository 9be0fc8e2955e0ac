package io.cpdevents.notification.mails;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Envelope;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.notification.smtp.MailServer.Answer;
import io.cpdevents.notification.writing.Draft;
import io.cpdevents.notification.writing.MailWriter;
import io.cpdevents.notification.writing.MailWriter.Writing;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A claimed mail is written and handed to the mail server, outside any transaction. */
@Component
class SendMail {

  /**
   * What to send.
   *
   * @param told what the mail's source told, by id
   * @param accountId who gets it; null: the owner of the organization
   * @param account of that person; null when the profile is not known yet
   * @param isOurs asked right before the mail is handed over: another worker may have it by then
   */
  record Command(
      UUID mailId,
      @Nullable UUID accountId,
      Draft<?, ?> draft,
      Map<UUID, ?> told,
      @Nullable Recipient account,
      BooleanSupplier isOurs) {}

  private final MailWriter writer;
  private final QueueMail queueMail;
  private final MailServer mailServer;

  SendMail(MailWriter writer, QueueMail queueMail, MailServer mailServer) {
    this.writer = writer;
    this.queueMail = queueMail;
    this.mailServer = mailServer;
  }

  /** One attempt. */
  SendOutcome handle(Command command) {
    return switch (writer.write(command.draft(), command.told(), command.account())) {
      case Writing.Pointless pointless -> new SendOutcome.Withdrawn(pointless.reason());
      case Writing.TooEarly early ->
          new SendOutcome.Delayed(early.reason(), RetryWait.CONTENT_UNKNOWN);
      case Writing.Written written -> send(written, command);
    };
  }

  /** Others are told first: a mailbox that refuses this mail does not keep theirs back. */
  private SendOutcome send(Writing.Written written, Command command) {
    written
        .followUps()
        .forEach(other ->
            queueMail.handle(
                new QueueMail.Command(other.causeId(), command.accountId(), other.subject())));
    return outcome(
        mailServer.handOver(new Envelope(command.mailId(), written.letter()), command.isOurs()));
  }

  private static SendOutcome outcome(Answer answer) {
    return switch (answer) {
      case Answer.Accepted _ -> new SendOutcome.Accepted();
      case Answer.Refused refused -> new SendOutcome.Refused(refused.reason());
      case Answer.Deferred deferred ->
          new SendOutcome.Delayed(deferred.reason(), RetryWait.MAIL_DEFERRED);
      case Answer.Away away -> new SendOutcome.Delayed(away.reason(), RetryWait.SERVER_AWAY);
      case Answer.Withheld withheld ->
          new SendOutcome.Delayed(withheld.reason(), RetryWait.CONTENT_AWAY);
    };
  }
}
