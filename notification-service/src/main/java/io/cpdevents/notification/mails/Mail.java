package io.cpdevents.notification.mails;

import io.cpdevents.notification.NotificationProblem;
import io.cpdevents.notification.mails.MailStatus.Trigger;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.state.Outcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One mail for one cause. It holds ids, amounts and dates; what it says is fetched when it is sent.
 *
 * @param template the name of its kind
 * @param causeId what asked for it: unique together with the template
 * @param accountId who gets it; null: whoever owns the organization when it is sent
 * @param subject what it is about
 * @param attempts how often a worker claimed it: the fencing token, only the latest claim may
 *     settle it
 * @param dueAt when it is tried next, or when its worker's lease ends; system time; null when it is
 *     settled
 * @param expiresAt when it is not worth sending any more; null: it always is
 * @param settledAt when it was sent, failed or was dropped
 * @param reason why it waits, failed or was dropped: a code
 * @param resentFrom the mail that this one repeats because somebody asked for that
 */
public record Mail(
    UUID id,
    String template,
    UUID causeId,
    @Nullable UUID accountId,
    MailSubject subject,
    MailStatus status,
    int attempts,
    Instant queuedAt,
    @Nullable Instant dueAt,
    @Nullable Instant expiresAt,
    @Nullable Instant settledAt,
    @Nullable String reason,
    @Nullable UUID resentFrom) {

  /**
   * A new mail.
   *
   * @param accountId who gets it; null: the owner of the subject's organization
   * @param now business time
   * @param dueAt system time
   */
  static Mail queued(
      UUID id,
      String template,
      UUID causeId,
      @Nullable UUID accountId,
      MailSubject subject,
      @Nullable Instant expiresAt,
      Instant now,
      Instant dueAt) {
    if (accountId == null && subject.organizationId() == null) {
      throw new IllegalArgumentException(template + " goes to nobody");
    }
    return new Mail(
        id,
        template,
        causeId,
        accountId,
        subject,
        MailStatus.QUEUED,
        0,
        now,
        dueAt,
        expiresAt,
        null,
        null,
        null);
  }

  /**
   * A new mail about the same, which is its own cause.
   *
   * @param now business time
   * @param nextDueAt system time
   * @throws RuleViolation 409 {@code mail-under-way} when this one is not settled
   */
  Mail again(UUID newId, Instant now, Instant nextDueAt) {
    if (settledAt == null) {
      throw NotificationProblem.MAIL_UNDER_WAY.violation();
    }
    return new Mail(
        newId,
        template,
        newId,
        accountId,
        subject,
        MailStatus.QUEUED,
        0,
        now,
        nextDueAt,
        expiresAt,
        null,
        null,
        id);
  }

  /**
   * This mail when a worker claims it.
   *
   * @param leaseUntil after this another worker may claim it; system time
   */
  Mail claimed(Instant leaseUntil) {
    return on(Trigger.CLAIMED, reason, null, leaseUntil);
  }

  /** Whose mail it is in lists; null: no organization's. */
  public @Nullable UUID organizationId() {
    return subject.organizationId();
  }

  /** The registration that it is about; null when it is about none. */
  public @Nullable UUID registrationId() {
    return subject.registrationId();
  }

  /** Whether it is not worth sending any more. */
  boolean isExpired(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  /**
   * This mail after an attempt to send it.
   *
   * @param endedAt when the attempt ended; business time
   * @param systemNow from when the wait for the next attempt counts; system time
   */
  Mail after(SendOutcome outcome, Instant endedAt, Instant systemNow) {
    return switch (outcome) {
      case SendOutcome.Accepted _ -> on(Trigger.ACCEPTED, null, endedAt, null);
      case SendOutcome.Refused refused -> on(Trigger.REFUSED, refused.reason(), endedAt, null);
      case SendOutcome.Withdrawn gone -> on(Trigger.WITHDRAWN, gone.reason(), endedAt, null);
      case SendOutcome.Delayed delayed when delayed.retryWait().isOver(queuedAt, endedAt) ->
          on(Trigger.GIVEN_UP, delayed.reason(), endedAt, null);
      case SendOutcome.Delayed delayed ->
          on(
              Trigger.DELAYED,
              delayed.reason(),
              null,
              systemNow.plus(delayed.retryWait().after(attempts)));
    };
  }

  private Mail on(
      Trigger trigger,
      @Nullable String why,
      @Nullable Instant nextSettledAt,
      @Nullable Instant nextDueAt) {
    return switch (MailStatus.TRANSITIONS.next(status, trigger)) {
      case Outcome.Changed<MailStatus> changed ->
          new Mail(
              id,
              template,
              causeId,
              accountId,
              subject,
              changed.to(),
              trigger == Trigger.CLAIMED ? attempts + 1 : attempts,
              queuedAt,
              nextDueAt,
              expiresAt,
              nextSettledAt,
              why,
              resentFrom);
      case Outcome.Ignored<MailStatus> _ -> this;
    };
  }
}
