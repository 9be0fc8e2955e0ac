package io.cpdevents.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.notification.smtp.MailServer.Answer;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpMailServerTest {

  private static final int SEVERAL = 5;

  private final ScriptedSmtpServer script;
  private final MailServer mailServer;
  private final SmtpConnections connections;

  SmtpMailServerTest() throws IOException {
    script = new ScriptedSmtpServer();
    SmtpSettings settings =
        new SmtpSettings(
            "127.0.0.1", script.port(), "", "", false, "events@cpd.example", "CPD Events");
    connections = new SmtpConnections(settings);
    mailServer =
        new SmtpMailServer(
            connections,
            new MessageFactory(settings, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)),
            CircuitBreakerRegistry.ofDefaults(),
            BulkheadRegistry.ofDefaults());
  }

  @BeforeEach
  void everything_is_well_at_first() {
    assertThat(mailServer.permitted(SEVERAL)).isEqualTo(SEVERAL);
  }

  @AfterEach
  void hang_up() throws IOException {
    connections.closeAll();
    script.close();
  }

  @Test
  void several_mails_go_over_one_connection() {
    for (int i = 0; i < SEVERAL; i++) {
      assertThat(hand()).isEqualTo(new Answer.Accepted());
    }
    assertThat(script.connections()).isEqualTo(1);
    assertThat(script.mails()).isEqualTo(SEVERAL);
  }

  @Test
  void a_recipient_that_does_not_exist_is_refused_for_good() {
    script.answer("RCPT", "550 5.1.1 <ada@cpd.example> no such person");

    assertThat(hand()).isEqualTo(new Answer.Refused("smtp-550-recipient"));
  }

  @Test
  void a_recipient_who_cannot_get_mail_now_is_tried_later() {
    script.answer("RCPT", "450 4.2.0 greylisted");

    assertThat(hand()).isEqualTo(new Answer.Deferred("smtp-450-recipient"));
  }

  @Test
  void a_mail_whose_content_is_refused_is_refused_for_good() {
    script.answer("END", "554 5.7.1 looks bad");

    assertThat(hand()).isEqualTo(new Answer.Refused("smtp-554-content"));
  }

  @Test
  void a_full_disk_at_the_server_is_waited_for() {
    script.answer("END", "452 4.3.1 no space");

    assertThat(hand()).isEqualTo(new Answer.Deferred("smtp-452-content"));
  }

  @Test
  void a_server_that_takes_no_mail_from_us_loses_none() {
    script.answer("MAIL", "550 5.7.1 sender not allowed");

    assertThat(hand()).isInstanceOf(Answer.Away.class);
  }

  @Test
  void a_server_that_shuts_down_is_away() {
    script.answer("RCPT", "421 4.3.2 going down");
    assertThat(hand()).isInstanceOf(Answer.Away.class);

    script.answer("HELLO", "421 4.3.2 still down");
    assertThat(hand()).isInstanceOf(Answer.Away.class);
  }

  @Test
  void a_server_that_hangs_up_is_away_and_the_next_mail_gets_a_new_connection() {
    script.answer("END", ScriptedSmtpServer.HANG_UP);
    assertThat(hand()).isInstanceOf(Answer.Away.class);

    script.answer("END", "250 ok");
    assertThat(hand()).isEqualTo(new Answer.Accepted());
    assertThat(script.connections()).isEqualTo(2);
  }

  @Test
  void refusals_of_single_mails_do_not_open_the_breaker() {
    script.answer("RCPT", "550 no");
    for (int i = 0; i < SEVERAL * SEVERAL; i++) {
      hand();
    }
    assertThat(mailServer.permitted(SEVERAL)).isEqualTo(SEVERAL);
  }

  @Test
  void a_server_that_stays_away_is_left_alone_then_asked_by_one_mail() {
    AtomicInteger returns = new AtomicInteger();
    mailServer.onReturn(returns::incrementAndGet);
    script.answer("HELLO", ScriptedSmtpServer.HANG_UP);
    for (int i = 0; i < SEVERAL; i++) {
      assertThat(hand()).isEqualTo(new Answer.Away("mail-server-away"));
    }
    assertThat(mailServer.permitted(SEVERAL)).isZero();
    int asked = script.connections();
    assertThat(hand()).isInstanceOf(Answer.Away.class);
    assertThat(script.connections()).isEqualTo(asked);

    script.answer("HELLO", "220 back");
    await().until(() -> mailServer.permitted(SEVERAL) == 1);
    assertThat(hand()).isEqualTo(new Answer.Accepted());
    assertThat(mailServer.permitted(SEVERAL)).isEqualTo(SEVERAL);
    // Opened, half-opened, closed.
    assertThat(returns.get()).isEqualTo(3);
  }

  @Test
  void an_address_that_is_none_never_reaches_the_server() {
    Letter letter =
        new Letter("not an address", "", Locale.CANADA, "Hi", "Hi", "<p>Hi</p>", List.of());

    assertThat(mailServer.handOver(new Envelope(UUID.randomUUID(), letter), () -> true))
        .isEqualTo(new Answer.Refused("address-invalid"));
    assertThat(script.connections()).isZero();
  }

  @Test
  void a_mail_that_is_not_wanted_any_more_never_reaches_the_server() {
    assertThat(hand(() -> false)).isEqualTo(new Answer.Withheld("lease-over"));
    assertThat(script.connections()).isZero();
  }

  private Answer hand() {
    return hand(() -> true);
  }

  private Answer hand(BooleanSupplier isWanted) {
    Letter letter =
        new Letter("ada@cpd.example", "Ada", Locale.CANADA, "Hi", "Hi", "<p>Hi</p>", List.of());
    return mailServer.handOver(new Envelope(UUID.randomUUID(), letter), isWanted);
  }
}
