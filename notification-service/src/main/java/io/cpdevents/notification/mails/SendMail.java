package io.cpdevents.notification.mails;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.smtp.Envelope;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.notification.smtp.MailServer.Answer;
import io.cpdevents.notification.writing.Draft;
import io.cpdevents.notification.writing.FollowUp;
import io.cpdevents.notification.writing.MailWriter;
import io.cpdevents.notification.writing.MailWriter.Writing;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A claimed mail is written and handed to the mail server, outside any transaction. One of too many
 * to an address that somebody else has typed is dropped.
 */
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

  /**
   * How an attempt ended.
   *
   * @param others what others have to be told because of the same, however it ended: a mailbox that
   *     refuses this mail does not keep theirs back
   */
  record Result(SendOutcome outcome, List<QueueMail.Command> others) {

    /** Nobody else has to be told. */
    static Result of(SendOutcome outcome) {
      return new Result(outcome, List.of());
    }
  }

  /** Why a mail to a typed address is dropped. */
  static final String TOO_MANY = "too-many";

  private final MailWriter writer;
  private final AttendeeMails attendeeMails;
  private final MailServer mailServer;

  SendMail(MailWriter writer, AttendeeMails attendeeMails, MailServer mailServer) {
    this.writer = writer;
    this.attendeeMails = attendeeMails;
    this.mailServer = mailServer;
  }

  /** One attempt. */
  Result handle(Command command) {
    return switch (writer.write(command.draft(), command.told(), command.account())) {
      case Writing.Pointless pointless ->
          new Result(
              new SendOutcome.Withdrawn(pointless.reason()),
              others(pointless.followUps(), command));
      case Writing.TooEarly early ->
          Result.of(new SendOutcome.Delayed(early.reason(), RetryWait.CONTENT_UNKNOWN));
      case Writing.Written written when isOneOfTooMany(written, command) ->
          Result.of(new SendOutcome.Withdrawn(TOO_MANY));
      case Writing.Written written ->
          new Result(send(written, command), others(written.followUps(), command));
    };
  }

  private boolean isOneOfTooMany(Writing.Written written, Command command) {
    UUID accountId = command.accountId();
    return accountId != null
        && written.isBounded()
        && !attendeeMails.admit(command.mailId(), accountId, written.letter().email());
  }

  private SendOutcome send(Writing.Written written, Command command) {
    return outcome(
        mailServer.handOver(new Envelope(command.mailId(), written.letter()), command.isOurs()));
  }

  private static List<QueueMail.Command> others(List<FollowUp> followUps, Command command) {
    return followUps.stream()
        .map(other -> new QueueMail.Command(other.causeId(), command.accountId(), other.subject()))
        .toList();
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
