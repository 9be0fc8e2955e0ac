package io.cpdevents.notification.mails;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One mail for one cause. Holds ids only; what it says is fetched when it is sent.
 *
 * @param causeId what asked for it: with the template it is unique
 * @param accountId who gets it
 * @param organizationId whose event it is about; null when it is about none
 * @param registrationId what it is about; null when it is about none
 * @param amount the money it tells about; null when it tells about none
 * @param attempts times a worker took it; only the latest may settle it
 * @param expiresAt when it stops making sense; null: never
 * @param settledAt when it was sent, failed or was dropped
 * @param reason why it waits, failed or was dropped
 * @param resentFrom the mail that this one repeats at a person's wish
 */
public record Mail(
    UUID id,
    MailTemplate template,
    UUID causeId,
    UUID accountId,
    @Nullable UUID organizationId,
    @Nullable UUID registrationId,
    @Nullable Money amount,
    MailStatus status,
    int attempts,
    Instant queuedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant settledAt,
    @Nullable String reason,
    @Nullable UUID resentFrom) {

  /** A new mail in the queue. */
  static Mail queued(
      UUID id,
      MailTemplate template,
      UUID causeId,
      UUID accountId,
      Instant queuedAt,
      @Nullable Instant expiresAt) {
    return new Mail(
        id,
        template,
        causeId,
        accountId,
        null,
        null,
        null,
        MailStatus.QUEUED,
        0,
        queuedAt,
        expiresAt,
        null,
        null,
        null);
  }

  /** The same mail, about a registration. */
  Mail about(UUID organization, UUID registration, @Nullable Money money) {
    return new Mail(
        id,
        template,
        causeId,
        accountId,
        organization,
        registration,
        money,
        status,
        attempts,
        queuedAt,
        expiresAt,
        settledAt,
        reason,
        resentFrom);
  }

  /** A new mail that says once more what this one said; its own cause. */
  Mail again(UUID newId, Instant now) {
    return new Mail(
        newId,
        template,
        newId,
        accountId,
        organizationId,
        registrationId,
        amount,
        MailStatus.QUEUED,
        0,
        now,
        null,
        null,
        null,
        id);
  }

  /** Whether it stopped making sense. */
  boolean isExpired(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  /** What becomes of this mail, which a worker has, after one attempt to send it. */
  Settlement settle(SendOutcome outcome, Instant now) {
    return switch (outcome) {
      case SendOutcome.Accepted _ -> settled(MailStatus.Trigger.ACCEPTED, null);
      case SendOutcome.Refused refused -> settled(MailStatus.Trigger.REFUSED, refused.reason());
      case SendOutcome.Withdrawn gone -> settled(MailStatus.Trigger.WITHDRAWN, gone.reason());
      case SendOutcome.Delayed delayed when delayed.retryWait().isOver(queuedAt, now) ->
          settled(MailStatus.Trigger.GIVEN_UP, delayed.reason());
      case SendOutcome.Delayed delayed ->
          new Settlement(
              MailStatus.TRANSITIONS.next(status, MailStatus.Trigger.DELAYED),
              now.plus(delayed.retryWait().before(attempts)),
              delayed.reason());
    };
  }

  private Settlement settled(MailStatus.Trigger trigger, @Nullable String why) {
    return new Settlement(MailStatus.TRANSITIONS.next(status, trigger), null, why);
  }

  /**
   * What becomes of a mail after an attempt.
   *
   * @param dueAt when it is tried again; null when it is settled
   */
  record Settlement(MailStatus status, @Nullable Instant dueAt, @Nullable String reason) {}
}
