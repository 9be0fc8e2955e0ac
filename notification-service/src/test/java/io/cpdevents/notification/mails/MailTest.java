package io.cpdevents.notification.mails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.notification.registrations.RegistrationConfirmation;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailTest {

  /** Business time and system time, which have nothing to do with each other. */
  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");

  private static final Instant SYSTEM_NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void the_diagram_shows_the_transition_table() {
    HouseDocs.assertDiagram("mail", MailStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void an_accepted_mail_is_sent_and_waits_for_nothing() {
    assertSettled(new SendOutcome.Accepted(), MailStatus.SENT, null);
  }

  @Test
  void a_refused_mail_has_failed_with_the_reason() {
    assertSettled(
        new SendOutcome.Refused("smtp-550-recipient"), MailStatus.FAILED, "smtp-550-recipient");
  }

  @Test
  void a_mail_that_nobody_needs_is_dropped_with_the_reason() {
    assertSettled(new SendOutcome.Withdrawn("expired"), MailStatus.DROPPED, "expired");
  }

  @Test
  void a_delayed_mail_is_queued_again_with_the_reason() {
    Mail after =
        sending(1).after(new SendOutcome.Delayed("away", RetryWait.SERVER_AWAY), NOW, SYSTEM_NOW);

    assertThat(after.status()).isEqualTo(MailStatus.QUEUED);
    assertThat(after.reason()).isEqualTo("away");
    assertThat(after.settledAt()).isNull();
  }

  @Test
  void a_deferred_mail_waits_twice_as_long_each_time_up_to_a_quarter_of_an_hour() {
    assertThat(waitAfter(1, RetryWait.MAIL_DEFERRED)).isEqualTo(Duration.ofSeconds(30));
    assertThat(waitAfter(2, RetryWait.MAIL_DEFERRED)).isEqualTo(Duration.ofMinutes(1));
    assertThat(waitAfter(3, RetryWait.MAIL_DEFERRED)).isEqualTo(Duration.ofMinutes(2));
    assertThat(waitAfter(6, RetryWait.MAIL_DEFERRED)).isEqualTo(Duration.ofMinutes(15));
    assertThat(waitAfter(1_000_000, RetryWait.MAIL_DEFERRED)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void while_the_server_is_away_the_wait_stays_short() {
    assertThat(waitAfter(1, RetryWait.SERVER_AWAY)).isEqualTo(Duration.ofSeconds(2));
    assertThat(waitAfter(5_000, RetryWait.SERVER_AWAY)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void a_mail_that_is_deferred_for_five_days_is_given_up() {
    Instant later = NOW.plus(RetryWait.MAX_RETRY_TIME);
    SendOutcome deferred = new SendOutcome.Delayed("smtp-450-recipient", RetryWait.MAIL_DEFERRED);

    assertThat(sending(9).after(deferred, later.minusMillis(1), SYSTEM_NOW).status())
        .isEqualTo(MailStatus.QUEUED);
    Mail givenUp = sending(9).after(deferred, later, SYSTEM_NOW);
    assertThat(givenUp.status()).isEqualTo(MailStatus.FAILED);
    assertThat(givenUp.reason()).isEqualTo("smtp-450-recipient");
    assertThat(givenUp.dueAt()).isNull();
  }

  @Test
  void a_mail_that_only_waits_for_a_server_is_never_given_up() {
    Instant muchLater = NOW.plus(Duration.ofDays(100));

    for (RetryWait away : new RetryWait[] {RetryWait.SERVER_AWAY, RetryWait.CONTENT_AWAY}) {
      SendOutcome delayed = new SendOutcome.Delayed("away", away);
      assertThat(sending(9).after(delayed, muchLater, SYSTEM_NOW).status())
          .isEqualTo(MailStatus.QUEUED);
    }
  }

  @Test
  void a_mail_that_no_worker_has_cannot_be_settled() {
    assertThatThrownBy(() -> queued().after(new SendOutcome.Accepted(), NOW, SYSTEM_NOW))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void a_settled_mail_never_moves_again() {
    Mail sent = sending(1).after(new SendOutcome.Accepted(), NOW, SYSTEM_NOW);

    for (MailStatus.Trigger trigger : MailStatus.Trigger.values()) {
      assertThat(MailStatus.TRANSITIONS.allows(sent.status(), trigger)).isFalse();
    }
  }

  @Test
  void a_mail_is_worth_sending_until_it_expires() {
    Mail mail =
        Mail.queued(
            UUID.randomUUID(),
            "registration-confirmation",
            UUID.randomUUID(),
            UUID.randomUUID(),
            new RegistrationConfirmation.Subject(UUID.randomUUID(), UUID.randomUUID()),
            NOW.plusSeconds(1),
            NOW,
            SYSTEM_NOW);

    assertThat(mail.isExpired(NOW)).isFalse();
    assertThat(mail.isExpired(NOW.plusSeconds(1))).isTrue();
    assertThat(queued().isExpired(NOW.plus(Duration.ofDays(10_000)))).isFalse();
  }

  @Test
  void a_mail_that_is_sent_again_has_itself_as_cause_and_tells_its_origin() {
    Mail original = sending(1).after(new SendOutcome.Accepted(), NOW, SYSTEM_NOW);
    UUID newId = UUID.randomUUID();

    Mail again = original.again(newId, NOW, SYSTEM_NOW);

    assertThat(again.status()).isEqualTo(MailStatus.QUEUED);
    assertThat(again.causeId()).isEqualTo(newId);
    assertThat(again.resentFrom()).isEqualTo(original.id());
    assertThat(again.subject()).isEqualTo(original.subject());
    assertThat(again.attempts()).isZero();
  }

  @Test
  void a_mail_under_way_is_not_sent_again() {
    for (Mail underWay : new Mail[] {queued(), sending(1)}) {
      assertThatThrownBy(() -> underWay.again(UUID.randomUUID(), NOW, SYSTEM_NOW))
          .isInstanceOfSatisfying(
              RuleViolation.class,
              refused -> assertThat(refused.code()).isEqualTo("mail-under-way"));
    }
  }

  private static void assertSettled(
      SendOutcome outcome, MailStatus status, @Nullable String reason) {
    Mail after = sending(1).after(outcome, NOW, SYSTEM_NOW);

    assertThat(after.status()).isEqualTo(status);
    assertThat(after.reason()).isEqualTo(reason);
    assertThat(after.settledAt()).isEqualTo(NOW);
    assertThat(after.dueAt()).isNull();
  }

  private static Duration waitAfter(int attempts, RetryWait retryWait) {
    Instant dueAt =
        sending(attempts).after(new SendOutcome.Delayed("why", retryWait), NOW, SYSTEM_NOW).dueAt();
    assertThat(dueAt).isNotNull();
    return Duration.between(SYSTEM_NOW, dueAt);
  }

  private static Mail queued() {
    return Mail.queued(
        UUID.randomUUID(),
        "registration-confirmation",
        UUID.randomUUID(),
        UUID.randomUUID(),
        new RegistrationConfirmation.Subject(UUID.randomUUID(), UUID.randomUUID()),
        null,
        NOW,
        SYSTEM_NOW);
  }

  /** As the repository reads a mail that was claimed. */
  private static Mail sending(int attempts) {
    Mail mail = queued();
    return new Mail(
        mail.id(),
        mail.template(),
        mail.causeId(),
        mail.accountId(),
        mail.subject(),
        MailStatus.SENDING,
        attempts,
        mail.queuedAt(),
        SYSTEM_NOW,
        mail.expiresAt(),
        null,
        null,
        null);
  }
}
