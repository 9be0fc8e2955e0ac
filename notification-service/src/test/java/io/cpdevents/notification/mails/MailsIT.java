package io.cpdevents.notification.mails;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.contracts.accounts.AccountEvent.LogInsRefused;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.notification.accounts.PasswordReset;
import io.cpdevents.notification.registrations.AttendeeTicket;
import io.cpdevents.notification.registrations.RegistrationConfirmation;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestDatabase;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.time.SystemTime;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.internet.MimeMessage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** From the event that asks for a mail to the mailbox, against a real SMTP server. */
@ExtendWith(OutputCaptureExtension.class)
class MailsIT extends MailStage {

  private static final int CROWD = 200;
  private static final int TOGETHER = 24;

  @Autowired private RecordedEvents events;
  @Autowired private Mails mails;
  @Autowired private ClaimedMails claimedMails;
  @Autowired private QueueMail queueMail;
  @Autowired private TransactionTemplate transaction;
  @Autowired private RemoveOldMails removeOldMails;
  @Autowired private AttendeeMails attendeeMails;
  @Autowired private ForgetAttendeeMails forgetAttendeeMails;
  @Autowired private TestDatabase database;
  @Autowired private SystemTime systemTime;
  @Autowired private MeterRegistry meters;

  @Test
  void a_verification_mail_carries_the_link_that_accounts_gives_when_it_is_sent() throws Exception {
    UUID requestId = stubVerification();
    facts.tell(verification(requestId));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Confirm your e-mail address");
    String link = "http://localhost:8080/verify-email#token=" + LINK_TOKEN;
    assertThat(text(mail))
        .contains("\n" + link + "\n")
        .contains("Monday, March 1, 2027, 11:00 EST")
        .contains(
            "on Sunday, February 28, 2027, 11:00 EST, from the address 203.0.113.7 (Firefox on Linux)");
    assertThat(html(mail)).contains("href=\"" + link + "\"");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getMessageID()).matches("<[0-9a-f-]{36}@cpd\\.example>");
    awaitStatus(requestId, "sent");
  }

  @Test
  void the_owner_of_an_account_is_told_that_it_is_guessed_at() throws Exception {
    introduce();
    UUID refusalId = UUID.randomUUID();
    facts.tell(
        new LogInsRefused(
            accountId,
            refusalId,
            Instant.parse("2027-03-01T16:00:00Z"),
            Instant.parse("2027-03-02T16:00:00Z")));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Somebody tries to log in to your account");
    assertThat(text(mail)).contains("until Tuesday, March 2, 2027, 11:00 EST");
    awaitStatus(refusalId, "sent");
  }

  @Test
  void a_confirmation_carries_the_tickets_and_leaves_no_trace_of_them(CapturedOutput log)
      throws Exception {
    introduce();
    facts.tell(confirmed(registrationId));

    MimeMessage mail = awaitMails(email, 1).getFirst();
    assertThat(mail.getSubject()).isEqualTo("Your tickets for Wound care");
    for (String part : List.of(text(mail), html(mail))) {
      assertThat(part)
          .contains(TICKET_CODE)
          .contains("Saturday, December 5, 2026, 09:00–17:00 EST")
          .contains("CAD\u00a0125.50")
          .contains("R-7F3K");
    }
    awaitStatus(registrationId, "sent");
    assertThat(allRows()).doesNotContain(TICKET_CODE).doesNotContain(LINK_TOKEN);
    assertThat(log.getAll())
        .contains(registrationId.toString())
        .doesNotContain(TICKET_CODE)
        .doesNotContain(LINK_TOKEN)
        .doesNotContain(email)
        .doesNotContain("Ada Lovelace");
  }

  @Test
  void a_registration_that_is_no_longer_confirmed_gets_no_confirmation() {
    introduce();
    stubRegistration(registrationId, "Wound care", "CAD", 12_550, null);
    facts.tell(confirmed(registrationId));

    awaitStatus(registrationId, "dropped");
    assertThat(subjects(email)).isEmpty();
  }

  @Test
  void ten_copies_of_an_event_make_one_mail() {
    introduce();
    UUID messageId = UUID.randomUUID();
    IntStream.range(0, 5).forEach(_ -> facts.tell(confirmed(registrationId), messageId));
    // The same fact under other message ids passes the inbox and stops at the mail's cause.
    List<UUID> messageIds = IntStream.range(0, 5).mapToObj(_ -> UUID.randomUUID()).toList();
    messageIds.forEach(id -> facts.tell(confirmed(registrationId), id));

    await().until(() -> handled(messageIds) == messageIds.size());
    awaitStatus(registrationId, "sent");
    assertThat(subjects(email)).containsExactly("Your tickets for Wound care");
  }

  @Test
  void a_mail_whose_transaction_fails_at_its_end_is_not_sent_and_takes_no_place() {
    introduce();
    assertThatThrownBy(() ->
            transaction.executeWithoutResult(_ -> {
              queueMail.handle(
                  new QueueMail.Command(
                      registrationId,
                      accountId,
                      new RegistrationConfirmation.Subject(organizationId, registrationId)));
              TransactionSynchronizationManager.registerSynchronization(
                  new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                      assertThat(isClaimed(registrationId)).isTrue();
                      throw new IllegalStateException("no commit");
                    }
                  });
            }))
        .hasMessage("no commit");

    assertThat(isClaimed(registrationId)).isFalse();
    assertThat(status(registrationId)).isEmpty();
    facts.tell(confirmed(registrationId));
    awaitStatus(registrationId, "sent");
    assertThat(subjects(email)).containsExactly("Your tickets for Wound care");
  }

  @Test
  void a_mail_of_another_release_waits_for_it_and_does_not_hold_up_others() {
    introduce();
    UUID causeId = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO mail (id, template, cause_id, account_id, organization_id, subject, status,
                              queued_at, due_at)
            VALUES (:id, 'mail-of-tomorrow', :causeId, :accountId, :organizationId,
                    '{"answer": 42}', 'queued', :now, :dueAt)
            """)
        .param("id", UUID.randomUUID())
        .param("causeId", causeId)
        .param("accountId", accountId)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(clock.instant()))
        .param("dueAt", Parameters.instant(systemTime.now()))
        .update();
    facts.tell(confirmed(registrationId));

    awaitStatus(registrationId, "sent");
    await().untilAsserted(() -> assertThat(reason(causeId)).isEqualTo("unknown-mail"));
    assertThat(status(causeId)).isEqualTo("queued");
    assertThat(meters.counter("cpd.mail.unknown", "template", "mail-of-tomorrow").count())
        .isPositive();
    assertThat(subjects(email)).containsExactly("Your tickets for Wound care");
    JsonNode listed = mailsFor("admin", "").expect(200).body().path("data");
    assertThat(listed.valueStream().map(mail -> mail.path("template").asString()))
        .containsExactlyInAnyOrder("mail-of-tomorrow", "registration-confirmation");
    jdbc.sql("DELETE FROM mail WHERE cause_id = :id").param("id", causeId).update();
  }

  @Test
  void a_mail_waits_for_a_profile_that_comes_later_and_goes_to_the_newest_address() {
    facts.tell(confirmed(registrationId));
    await().until(() -> reason(registrationId).equals("profile-unknown"));
    facts.tell(profile(2, email));
    facts.tell(profile(1, "old." + email));

    awaitMails(email, 1);
    assertThat(subjects("old." + email)).isEmpty();
  }

  @Test
  void a_mail_that_waits_for_longer_than_ten_minutes_is_shown_as_stuck() {
    facts.tell(confirmed(registrationId));
    await().until(() -> reason(registrationId).equals("profile-unknown"));
    String id = column("id::text", registrationId);
    assertThat(stuckMails()).doesNotContain(id);
    clock.advance(Duration.ofMinutes(11));
    await().untilAsserted(() -> assertThat(stuckMails()).contains(id));
    facts.tell(profile(1, email));
    awaitMails(email, 1);
    await().untilAsserted(() -> assertThat(stuckMails()).doesNotContain(id));
  }

  @Test
  void a_profile_that_comes_while_a_worker_looks_for_it_makes_the_mail_due_at_once() {
    facts.tell(confirmed(registrationId));
    await().until(() -> reason(registrationId).equals("profile-unknown"));
    // A worker has it, looked for the profile in vain, and has not let go of it yet.
    Mail claimed = claimed(registrationId);
    facts.tell(profile(1, email));
    await().until(() -> allRows().contains(email));
    assertThat(status(registrationId)).isEqualTo("sending");
    transaction.executeWithoutResult(_ -> {
      assertThat(mails.lockOwn(List.of(claimed))).containsExactly(claimed.id());
      Mail delayed =
          claimed.after(
              new SendOutcome.Delayed("profile-unknown", RetryWait.CONTENT_UNKNOWN),
              clock.instant(),
              systemTime.now().plus(Duration.ofHours(1)));
      mails.save(List.of(delayed), systemTime.now());
    });

    awaitStatus(registrationId, "sent");
  }

  @Test
  void an_erased_person_gets_no_mail_and_is_forgotten() {
    introduce();
    facts.erase(Topic.ACCOUNTS_PROFILES, accountId);
    facts.tell(profile(3, email));
    await().until(() -> allRows().contains(accountId.toString()) && !allRows().contains(email));
    facts.tell(confirmed(registrationId));

    awaitStatus(registrationId, "dropped");
    assertThat(reason(registrationId)).isEqualTo("recipient-erased");
    assertThat(allRows()).doesNotContain(email);
    assertThat(subjects(email)).isEmpty();
  }

  @Test
  void a_mail_server_that_is_away_for_a_while_gets_each_mail_once() {
    introduce();
    MAILBOX.stop();
    List<UUID> registrations = IntStream.range(0, 12).mapToObj(_ -> UUID.randomUUID()).toList();
    try {
      for (UUID registration : registrations) {
        stubRegistration(registration, "Event " + registration, "CAD", 100);
        facts.tell(confirmed(registration));
      }
      // The breaker lets only a few of them try.
      await()
          .until(
              () -> registrations.stream().anyMatch(id -> reason(id).equals("mail-server-away")));
      assertThat(registrations).noneMatch(id -> status(id).equals("sent"));
    } finally {
      MAILBOX.start();
    }
    await().until(() -> registrations.stream().allMatch(id -> status(id).equals("sent")));
    assertThat(subjects(email)).hasSize(registrations.size()).doesNotHaveDuplicates();
  }

  @Test
  void content_that_cannot_be_had_now_delays_the_mail_and_loses_none() {
    introduce();
    CONTENTS.breakAt(registrationId);
    // One that can be told, asked about at the same time: it is not held up.
    UUID other = UUID.randomUUID();
    stubRegistration(other, "Another event", "CAD", 0);
    facts.tell(confirmed(registrationId));
    facts.tell(confirmed(other));
    await().until(() -> reason(registrationId).equals("registration-away"));
    awaitStatus(other, "sent");

    stubRegistration(registrationId, "Wound care", "CAD", 12_550);
    awaitStatus(registrationId, "sent");
    assertThat(subjects(email))
        .containsExactly("Your tickets for Another event", "Your tickets for Wound care");
  }

  @Test
  void a_verification_that_was_used_or_has_expired_is_not_sent() {
    UUID used = UUID.randomUUID();
    facts.tell(verification(used));
    UUID expired = stubVerification();
    facts.tell(
        new EmailVerificationRequested(
            accountId, expired, clock.instant().minusSeconds(10), clock.instant()));

    awaitStatus(used, "dropped");
    awaitStatus(expired, "dropped");
    assertThat(reason(used)).isEqualTo("cause-gone");
    assertThat(reason(expired)).isEqualTo("expired");
    assertThat(subjects(email)).isEmpty();
  }

  @Test
  void a_crash_between_the_servers_250_and_our_commit_sends_a_second_copy_with_the_same_id()
      throws Exception {
    introduce();
    facts.tell(confirmed(registrationId));
    awaitStatus(registrationId, "sent");

    // As the crash leaves it: handed over, never settled, its lease run out.
    setSending(registrationId, systemTime.now().minusSeconds(1));

    List<MimeMessage> copies = awaitMails(email, 2);
    assertThat(copies.get(0).getMessageID()).isEqualTo(copies.get(1).getMessageID());
    awaitStatus(registrationId, "sent");
  }

  @Test
  void a_mail_that_a_living_worker_has_is_not_taken_by_another() {
    introduce();
    facts.tell(confirmed(registrationId));
    awaitStatus(registrationId, "sent");
    setSending(registrationId, systemTime.now().plus(Duration.ofHours(1)));
    UUID other = UUID.randomUUID();
    stubRegistration(other, "Another event", "CAD", 0);
    facts.tell(confirmed(other));
    awaitStatus(other, "sent");
    assertThat(status(registrationId)).isEqualTo("sending");

    // Business time does not end a lease; when it runs out, the mail is claimed.
    clock.advance(Duration.ofHours(2));
    UUID another = UUID.randomUUID();
    stubRegistration(another, "One more event", "CAD", 0);
    facts.tell(confirmed(another));
    awaitStatus(another, "sent");
    assertThat(status(registrationId)).isEqualTo("sending");
    setSending(registrationId, systemTime.now().minusSeconds(1));
    awaitStatus(registrationId, "sent");
  }

  @Test
  void a_result_that_cannot_be_saved_is_saved_later_and_the_mail_is_not_sent_again()
      throws Exception {
    introduce();
    try (Connection owner =
            DriverManager.getConnection(
                database.url(), database.owner(), database.ownerPassword());
        Statement statement = owner.createStatement()) {
      refuseTheFirstSaveOf(registrationId, statement);
      facts.tell(confirmed(registrationId));
      awaitStatus(registrationId, "sent");
      assertThat(triesToSave(statement)).isEqualTo(2);
      statement.execute("DROP TRIGGER refuse_first ON mail");
    }
    assertThat(subjects(email)).containsExactly("Your tickets for Wound care");
  }

  @Test
  void a_mail_to_others_that_cannot_be_queued_keeps_no_mail_back_and_is_counted() {
    introduce();
    facts.tell(confirmed(registrationId));
    awaitStatus(registrationId, "sent");
    setSending(registrationId, systemTime.now().plus(Duration.ofHours(1)));
    Mail mail = mails.find(idOf(registrationId)).orElseThrow();
    double before = lost();

    claimedMails.add(mail, systemTime.now().plus(Duration.ofHours(1)));
    claimedMails.end(
        mail,
        new SendMail.Result(
            new SendOutcome.Accepted(),
            List.of(new QueueMail.Command(UUID.randomUUID(), accountId, new NobodysSubject()))));
    UUID other = UUID.randomUUID();
    stubRegistration(other, "Another event", "CAD", 0);
    facts.tell(confirmed(other));

    awaitStatus(registrationId, "sent");
    awaitStatus(other, "sent");
    assertThat(lost()).isEqualTo(before + 1);
  }

  /** What no kind of mail is about. */
  private record NobodysSubject() implements MailSubject {}

  private double lost() {
    return meters.counter("cpd.mail.lost").count();
  }

  private UUID idOf(UUID causeId) {
    return jdbc.sql("SELECT id FROM mail WHERE cause_id = :id")
        .param("id", causeId)
        .query(UUID.class)
        .single();
  }

  @Test
  void mails_that_are_due_together_are_asked_for_together() {
    List<UUID> registrations =
        IntStream.range(0, TOGETHER).mapToObj(_ -> UUID.randomUUID()).toList();
    for (UUID registration : registrations) {
      stubRegistration(registration, "Together " + registration, "CAD", 100);
      facts.tell(confirmed(registration));
    }
    await()
        .until(() -> registrations.stream().allMatch(id -> reason(id).equals("profile-unknown")));
    OWNERS.resetRequests();
    facts.tell(profile(1, email));

    await().until(() -> registrations.stream().allMatch(id -> status(id).equals("sent")));
    assertThat(OWNERS.findAll(getRequestedFor(urlPathEqualTo("/internal/mail-contents"))).size())
        .isBetween(1, TOGETHER / 2);
  }

  @Test
  void a_crowd_is_served_each_once() throws Exception {
    introduce();
    List<UUID> registrations = IntStream.range(0, CROWD).mapToObj(_ -> UUID.randomUUID()).toList();
    for (UUID registration : registrations) {
      stubRegistration(registration, "Crowd " + registration, "CAD", 100);
    }
    registrations.forEach(registration -> facts.tell(confirmed(registration)));

    List<MimeMessage> received = awaitMails(email, CROWD);
    await().until(() -> registrations.stream().allMatch(id -> status(id).equals("sent")));
    assertThat(received).hasSize(CROWD);
    assertThat(subjects(email)).hasSize(CROWD).doesNotHaveDuplicates();
  }

  @Test
  void owner_admin_and_staff_see_what_became_of_their_mails() {
    introduce();
    facts.tell(confirmed(registrationId));
    UUID other = UUID.randomUUID();
    stubRegistration(other, "Another event", "CAD", 0);
    facts.tell(confirmed(other));
    awaitStatus(registrationId, "sent");
    awaitStatus(other, "sent");

    for (String role : List.of("owner", "admin", "staff")) {
      Answer answer = mailsFor(role, "?registrationId=" + registrationId).expect(200);
      JsonNode listed = answer.body().path("data");
      assertThat(listed.size()).isEqualTo(1);
      assertThat(listed.path(0).path("status").asString()).isEqualTo("sent");
      assertThat(listed.path(0).path("template").asString()).isEqualTo("registration-confirmation");
      assertThat(listed.path(0).path("attempts").asInt()).isEqualTo(1);
      assertThat(answer.plain()).doesNotContain(email);
    }
    JsonNode first = mailsFor("admin", "?limit=1").expect(200).body();
    assertThat(first.path("data").size()).isEqualTo(1);
    JsonNode second =
        mailsFor("admin", "?limit=1&after=" + first.path("next").asString()).expect(200).body();
    assertThat(second.path("data").size()).isEqualTo(1);
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(second.path("data").path(0).path("id"))
        .isNotEqualTo(first.path("data").path(0).path("id"));

    mailsFor("finance", "").expect(403);
    mailsFor("", "").expect(404);
  }

  @Test
  void support_reads_the_mails_of_all_and_sends_none() throws Exception {
    introduce();
    facts.tell(confirmed(registrationId));
    awaitStatus(registrationId, "sent");
    ApiClient support =
        api.as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-support"), Map.of()));
    ApiClient finance =
        api.as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-finance"), Map.of()));
    String all = "/api/v1/organizations/" + organizationId + "/mails";
    String mail = "/api/v1/mails/" + column("id::text", registrationId);

    assertThat(support.get(all).expect(200).body().path("data").size()).isEqualTo(1);
    JsonNode seen = support.get(mail).expect(200).body();
    assertThat(seen.path("status").asString()).isEqualTo("sent");
    assertThat(seen.path("to").asString()).isEqualTo(email);
    assertThat(seen.path("causeId").asString()).isEqualTo(registrationId.toString());
    assertThat(seen.path("sentAt")).isEqualTo(seen.path("settledAt"));
    assertThat(seen.path("failure").isNull()).isTrue();
    assertThat(as("staff").get(mail).expect(200).text("to"))
        .isEqualTo(email.charAt(0) + "…" + email.substring(email.indexOf('@')));
    support.post(mail + "/resend").refused(404, "mail-not-found");
    finance.get(all).refused(404, "organization-not-found");
    finance.get(mail).refused(404, "mail-not-found");
  }

  @Test
  void a_mail_is_sent_again_once_for_each_intent_and_that_is_on_record() throws Exception {
    introduce();
    facts.tell(confirmed(registrationId));
    awaitStatus(registrationId, "sent");
    UUID mailId = UUID.fromString(column("id::text", registrationId));
    String path = "/api/v1/mails/" + mailId + "/resend";

    ApiClient admin = as("admin").withKey("key-1");
    Answer again = admin.post(path).expect(201);
    assertThat(again.text("resentFrom")).isEqualTo(mailId.toString());
    String address = again.header("Location");
    assertThat(as("staff").get(address).expect(200).id()).isEqualTo(again.id());
    as("finance").get(address).refused(403, "role-missing");
    List<MimeMessage> both = awaitMails(email, 2);
    assertThat(both.get(0).getMessageID()).isNotEqualTo(both.get(1).getMessageID());
    AuditEntryRecorded entry =
        events.await(
            AuditEntryRecorded.class, recorded -> recorded.subjectId().equals(again.text("id")));
    assertThat(entry.action()).isEqualTo("mail.resent");
    assertThat(entry.organizationId()).isEqualTo(organizationId);
    assertThat(admin.post(path).expect(201).id()).isEqualTo(again.id());

    as("staff").post(path).expect(403);
    as("").post(path).refused(404, "mail-not-found");

    for (int i = 1; i < ResendMail.MAX_RESENDS; i++) {
      as("owner").post(path).expect(201);
    }
    as("owner").post(path).refused(409, "resent-too-often");
  }

  @Test
  void a_mail_that_is_on_its_way_is_not_sent_again() {
    facts.tell(confirmed(registrationId));
    await().until(() -> reason(registrationId).equals("profile-unknown"));

    as("admin")
        .post("/api/v1/mails/" + column("id::text", registrationId) + "/resend")
        .refused(409, "mail-under-way");
    facts.tell(profile(1, email));
    awaitMails(email, 1);
  }

  @Test
  void an_address_that_somebody_else_types_gets_few_mails_in_a_day() {
    introduce();
    String victim = "grace." + accountId + "@example.org";
    UUID ticketId = stubTicketFor("Grace." + accountId + "+offers@Example.org");
    List<UUID> causes =
        IntStream.range(0, AttendeeMails.MAX_MAILS_TO_ADDRESS_OF_ACCOUNT + 3)
            .mapToObj(_ -> UUID.randomUUID())
            .toList();
    double before = meters.counter("cpd.mail.too.many").count();

    for (UUID cause : causes) {
      queueMail.handle(
          new QueueMail.Command(
              cause,
              accountId,
              new AttendeeTicket.Subject(organizationId, registrationId, ticketId)));
    }

    await()
        .until(
            () -> causes.stream().map(this::status).allMatch(List.of("sent", "dropped")::contains));
    assertThat(causes.stream().map(this::status))
        .filteredOn("sent"::equals)
        .hasSize(AttendeeMails.MAX_MAILS_TO_ADDRESS_OF_ACCOUNT);
    assertThat(causes.stream().map(this::reason)).filteredOn("too-many"::equals).hasSize(3);
    await().until(() -> meters.counter("cpd.mail.too.many").count() - before == 3);
    assertThat(attendeeMails.admit(UUID.randomUUID(), UUID.randomUUID(), victim))
        .as("of another buyer")
        .isTrue();

    clock.advance(AttendeeMails.WINDOW.plusSeconds(1));
    try {
      assertThat(attendeeMails.admit(UUID.randomUUID(), accountId, victim)).isTrue();
      assertThat(forgetAttendeeMails.handle())
          .isGreaterThanOrEqualTo(AttendeeMails.MAX_MAILS_TO_ADDRESS_OF_ACCOUNT);
    } finally {
      clock.advance(AttendeeMails.WINDOW.plusSeconds(1).negated());
    }
  }

  @Test
  void mails_of_one_buyer_and_those_to_one_address_are_bounded_and_each_counts_once() {
    UUID buyer = UUID.randomUUID();
    UUID mail = UUID.randomUUID();
    String address = "one." + buyer + "@example.org";
    for (int i = 0; i < 3; i++) {
      assertThat(attendeeMails.admit(mail, buyer, address)).isTrue();
    }
    for (int i = 1; i < AttendeeMails.MAX_MAILS_OF_ACCOUNT; i++) {
      String other = "other." + i + "." + buyer + "@example.org";
      assertThat(attendeeMails.admit(UUID.randomUUID(), buyer, other)).isTrue();
    }
    assertThat(attendeeMails.admit(UUID.randomUUID(), buyer, "last." + address)).isFalse();
    assertThat(attendeeMails.admit(mail, buyer, address)).as("tried again").isTrue();

    int toAddress = 1;
    while (attendeeMails.admit(UUID.randomUUID(), UUID.randomUUID(), address)) {
      toAddress++;
    }
    assertThat(toAddress).isEqualTo(AttendeeMails.MAX_MAILS_TO_ADDRESS);
  }

  @Test
  void a_mail_with_a_link_overtakes_all_that_wait_longer() {
    Instant longAgo = Instant.EPOCH;
    List<Mail> waiting = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      waiting.add(
          waiting(
              "attendee-ticket",
              new AttendeeTicket.Subject(organizationId, registrationId, UUID.randomUUID()),
              longAgo));
    }
    Mail reset =
        waiting(
            "password-reset",
            new PasswordReset.Subject(UUID.randomUUID(), clock.instant().plusSeconds(1800)),
            longAgo.plusSeconds(1));
    waiting.add(reset);

    transaction.executeWithoutResult(status -> {
      mails.add(waiting);
      List<Mails.Claim> claimed =
          mails.claim(
              MailStatus.SENDING, systemTime.now(), systemTime.now().plusSeconds(8), 1, List.of());
      assertThat(claimed).extracting(claim -> claim.mail().id()).containsExactly(reset.id());
      status.setRollbackOnly();
    });
  }

  private Mail waiting(String template, MailSubject subject, Instant dueAt) {
    return Mail.queued(
        UUID.randomUUID(),
        template,
        UUID.randomUUID(),
        accountId,
        subject,
        null,
        clock.instant(),
        dueAt);
  }

  /** The registration has one ticket, of somebody else; returns the ticket. */
  private UUID stubTicketFor(String attendeeEmail) {
    UUID ticketId = UUID.randomUUID();
    CONTENTS.know(
        registrationId,
        """
        {"registrationId": "%s", "reference": "R-7F3K", "status": "confirmed", "accountId": "%s",
         "event": {"id": "%s", "organizationId": "%s", "version": 3, "title": "Wound care",
                   "startsAt": "2026-12-05T14:00:00Z", "endsAt": "2026-12-05T22:00:00Z",
                   "timeZone": "America/Toronto", "mode": "in-person", "venue": "Hall 1"},
         "total": {"amountMinor": 0, "currency": "CAD"},
         "tickets": [{"ticketId": "%s", "ticketTypeName": "Regular",
                      "attendeeName": "Grace", "attendeeEmail": "%s",
                      "total": {"amountMinor": 0, "currency": "CAD"}, "code": "%s"}]}
        """
            .formatted(
                registrationId,
                accountId,
                UUID.randomUUID(),
                organizationId,
                ticketId,
                attendeeEmail,
                TICKET_CODE));
    return ticketId;
  }

  @Test
  void mails_are_forgotten_after_half_a_year() {
    introduce();
    facts.tell(confirmed(registrationId));
    awaitStatus(registrationId, "sent");

    clock.advance(RemoveOldMails.RETENTION.minusSeconds(1));
    removeOldMails.handle();
    assertThat(status(registrationId)).isEqualTo("sent");
    clock.advance(Duration.ofSeconds(2));
    assertThat(removeOldMails.handle()).isPositive();
    assertThat(status(registrationId)).isEmpty();
  }

  private boolean isClaimed(UUID causeId) {
    return claimedMails.leasedUntilBefore(Instant.MAX).stream()
        .anyMatch(mail -> mail.causeId().equals(causeId));
  }

  /** Claims the mail as another process would: whoever else has it has lost it by that. */
  private Mail claimed(UUID causeId) {
    Instant now = systemTime.now();
    return mails
        .claim(
            MailStatus.SENDING,
            now.plus(Duration.ofHours(1)),
            now.plus(Duration.ofHours(2)),
            CROWD,
            List.of())
        .stream()
        .map(Mails.Claim::mail)
        .filter(mail -> mail.causeId().equals(causeId))
        .findFirst()
        .orElseThrow();
  }

  /** As a worker leaves it that handed the mail over and died before it could save that. */
  private void setSending(UUID causeId, Instant leaseUntil) {
    jdbc.sql(
            """
            UPDATE mail SET status = 'sending', settled_at = NULL, due_at = :leaseUntil
            WHERE cause_id = :id
            """)
        .param("leaseUntil", Parameters.instant(leaseUntil))
        .param("id", causeId)
        .update();
  }

  private UUID stubVerification() {
    UUID requestId = UUID.randomUUID();
    OWNERS.stubFor(
        get(urlPathEqualTo("/internal/verification-mails/" + requestId))
            .withHeader("Authorization", equalTo("Bearer " + INTERNAL_TOKEN))
            .willReturn(
                okJson(
                    """
                    {"email": "%s", "name": "Ada", "locale": "en-CA", "timeZone": "America/Toronto",
                     "link": "http://localhost:8080/verify-email#token=%s",
                     "requestedAt": "2027-02-28T16:00:00Z", "ipAddress": "203.0.113.7",
                     "device": "Firefox on Linux", "expiresAt": "2027-03-01T16:00:00Z"}
                    """
                        .formatted(email, LINK_TOKEN))));
    return requestId;
  }

  private EmailVerificationRequested verification(UUID requestId) {
    return new EmailVerificationRequested(
        accountId, requestId, clock.instant(), clock.instant().plus(Duration.ofHours(24)));
  }

  private List<String> stuckMails() {
    String operator = TestTokens.bearer(UUID.randomUUID(), Set.of("platform-support"), Map.of());
    return api.as(operator)
        .get("/api/v1/ops/notification/processes/mail/states/queued?limit=100")
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(stuck -> stuck.path("id").asString())
        .toList();
  }

  /** A sequence counts also what is rolled back. */
  private static void refuseTheFirstSaveOf(UUID causeId, Statement statement) throws SQLException {
    statement.execute("CREATE SEQUENCE tries");
    statement.execute(
        """
        CREATE FUNCTION refuse_first() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF nextval('tries') = 1 THEN
            RAISE EXCEPTION 'the commit is lost' USING ERRCODE = '08006';
          END IF;
          RETURN NEW;
        END $$
        """);
    statement.execute(
        """
        CREATE TRIGGER refuse_first BEFORE UPDATE ON mail FOR EACH ROW
        WHEN (NEW.status = 'sent' AND NEW.cause_id = '%s') EXECUTE FUNCTION refuse_first()
        """
            .formatted(causeId));
  }

  private static long triesToSave(Statement statement) throws SQLException {
    try (var rows = statement.executeQuery("SELECT last_value FROM tries")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
