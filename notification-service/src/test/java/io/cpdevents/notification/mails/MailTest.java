package io.cpdevents.notification.mails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");

  @Test
  void the_diagram_shows_the_transition_table() {
    HouseDocs.assertDiagram("mail", MailStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void an_accepted_mail_is_sent_and_waits_for_nothing() {
    Mail.Settlement settlement = sending(1).settle(new SendOutcome.Accepted(), NOW);

    assertThat(settlement).isEqualTo(new Mail.Settlement(MailStatus.SENT, null, null));
  }

  @Test
  void a_refused_mail_has_failed_with_the_reason() {
    Mail.Settlement settlement =
        sending(1).settle(new SendOutcome.Refused("smtp-550-recipient"), NOW);

    assertThat(settlement)
        .isEqualTo(new Mail.Settlement(MailStatus.FAILED, null, "smtp-550-recipient"));
  }

  @Test
  void a_mail_without_a_cause_is_dropped() {
    assertThat(sending(1).settle(new SendOutcome.Withdrawn("expired"), NOW).status())
        .isEqualTo(MailStatus.DROPPED);
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
    Instant later = NOW.plus(RetryWait.GIVE_UP_AFTER);
    SendOutcome deferred = new SendOutcome.Delayed("smtp-450-recipient", RetryWait.MAIL_DEFERRED);

    assertThat(sending(9).settle(deferred, later.minusMillis(1)).status())
        .isEqualTo(MailStatus.QUEUED);
    assertThat(sending(9).settle(deferred, later))
        .isEqualTo(new Mail.Settlement(MailStatus.FAILED, null, "smtp-450-recipient"));
  }

  @Test
  void a_mail_that_only_waits_for_a_server_is_never_given_up() {
    Instant muchLater = NOW.plus(Duration.ofDays(100));

    for (RetryWait away : new RetryWait[] {RetryWait.SERVER_AWAY, RetryWait.CONTENT_AWAY}) {
      assertThat(sending(9).settle(new SendOutcome.Delayed("away", away), muchLater).status())
          .isEqualTo(MailStatus.QUEUED);
    }
  }

  @Test
  void a_mail_that_nobody_has_cannot_be_settled() {
    Mail queued = queued();

    assertThatThrownBy(() -> queued.settle(new SendOutcome.Accepted(), NOW))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void a_mail_that_is_sent_again_has_itself_as_cause_and_tells_its_origin() {
    Mail original = queued().about(UUID.randomUUID(), UUID.randomUUID(), null);
    UUID newId = UUID.randomUUID();

    Mail again = original.again(newId, NOW);

    assertThat(again.causeId()).isEqualTo(newId);
    assertThat(again.resentFrom()).isEqualTo(original.id());
    assertThat(again.registrationId()).isEqualTo(original.registrationId());
  }

  private static Duration waitAfter(int attempts, RetryWait retryWait) {
    Instant dueAt =
        sending(attempts).settle(new SendOutcome.Delayed("why", retryWait), NOW).dueAt();
    assertThat(dueAt).isNotNull();
    return Duration.between(NOW, dueAt);
  }

  private static Mail queued() {
    return Mail.queued(
        UUID.randomUUID(),
        MailTemplate.REGISTRATION_CONFIRMATION,
        UUID.randomUUID(),
        UUID.randomUUID(),
        NOW,
        null);
  }

  private static Mail sending(int attempts) {
    Mail mail = queued();
    return new Mail(
        mail.id(),
        mail.template(),
        mail.causeId(),
        mail.accountId(),
        null,
        null,
        null,
        MailStatus.SENDING,
        attempts,
        NOW,
        null,
        null,
        null,
        null);
  }
}
