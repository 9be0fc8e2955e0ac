package io.cpdevents.notification.mails;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.servers.FreePort;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole service between its topics, its owners of contents and a real SMTP server. Its tests
 * share one context, so each has its own people.
 */
@CpdIntegrationTest(properties = "logging.level.com.icegreen=WARN")
abstract class MailStage {

  static final int SMTP_PORT = FreePort.any();
  static final GreenMail MAILBOX =
      new GreenMail(new ServerSetup(SMTP_PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  static final MailContents CONTENTS = new MailContents();
  static final WireMockServer OWNERS =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").extensions(CONTENTS));
  static final String INTERNAL_TOKEN = "internal-token-of-the-test";
  static final String TICKET_CODE = "TICKET-CODE-4711";
  static final String LINK_TOKEN = "link-token-0815";

  static {
    MAILBOX.start();
    OWNERS.start();
    OWNERS.stubFor(
        get(urlPathEqualTo("/internal/mail-contents"))
            .withHeader("Authorization", equalTo("Bearer " + INTERNAL_TOKEN))
            .willReturn(aResponse().withTransformers(CONTENTS.getName())));
  }

  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired ApiClient api;
  @Autowired Facts facts;

  final UUID accountId = UUID.randomUUID();
  final UUID organizationId = UUID.randomUUID();
  final UUID registrationId = UUID.randomUUID();
  final String email = "ada." + accountId + "@example.org";

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("cpd.smtp.host", () -> "127.0.0.1");
    registry.add("cpd.smtp.port", () -> SMTP_PORT);
    registry.add("cpd.smtp.from", () -> "events@cpd.example");
    registry.add("cpd.accounts-url", OWNERS::baseUrl);
    registry.add("cpd.registration-url", OWNERS::baseUrl);
    registry.add("cpd.billing-url", OWNERS::baseUrl);
    registry.add("cpd.web-url", () -> "https://app.cpd.example");
    registry.add("cpd.security.internal-token", () -> INTERNAL_TOKEN);
  }

  @BeforeEach
  void the_registration_is_known_to_its_owner() {
    stubRegistration(registrationId, "Wound care", "CAD", 12_550);
  }

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  int handled(List<UUID> messageIds) {
    return jdbc.sql("SELECT count(*) FROM inbox WHERE event_id IN (:ids)")
        .param("ids", messageIds)
        .query(Integer.class)
        .single();
  }

  void stubRegistration(UUID registration, String title, String currency, long minor) {
    stubRegistration(registration, title, currency, minor, TICKET_CODE);
  }

  void stubRegistration(
      UUID registration, String title, String currency, long minor, @Nullable String code) {
    CONTENTS.know(
        registration,
        """
        {"registrationId": "%s", "reference": "R-7F3K", "status": "confirmed", "accountId": "%s",
         "event": {"id": "%s", "organizationId": "%s", "version": 3, "title": "%s", "startsAt": "2026-12-05T14:00:00Z",
                   "endsAt": "2026-12-05T22:00:00Z", "timeZone": "America/Toronto",
                   "mode": "in-person", "venue": "Hall 1"},
         "total": {"amountMinor": %d, "currency": "%s"},
         "tickets": [{"ticketId": "%s", "ticketTypeName": "Regular",
                      "attendeeName": "Grace", "attendeeEmail": "%s",
                      "total": {"amountMinor": %d, "currency": "%s"}, "code": %s}]}
        """
            .formatted(
                registration,
                accountId,
                UUID.randomUUID(),
                organizationId,
                title,
                minor,
                currency,
                UUID.randomUUID(),
                email,
                minor,
                currency,
                code == null ? null : '"' + code + '"'));
  }

  ProfileChanged profile(long version, String address) {
    return new ProfileChanged(
        accountId, version, address, "Ada Lovelace", "en-CA", "America/Toronto", true);
  }

  /** The profile is here before anything asks for a mail: topics keep no order among each other. */
  void introduce() {
    facts.tell(profile(1, email));
    await().until(() -> allRows().contains(email));
  }

  RegistrationConfirmed confirmed(UUID registration) {
    return new RegistrationConfirmed(
        registration, accountId, UUID.randomUUID(), organizationId, null, clock.instant());
  }

  List<MimeMessage> awaitMails(String address, int count) {
    await().untilAsserted(() -> assertThat(mailsTo(address)).hasSize(count));
    return mailsTo(address);
  }

  void awaitStatus(UUID causeId, String expected) {
    await().untilAsserted(() -> assertThat(status(causeId)).isEqualTo(expected));
  }

  static List<MimeMessage> mailsTo(String address) {
    return Arrays.stream(MAILBOX.getReceivedMessages())
        .filter(mail -> recipient(mail).equals(address))
        .toList();
  }

  static List<String> subjects(String address) {
    return mailsTo(address).stream().map(MailStage::subject).toList();
  }

  static String recipient(MimeMessage mail) {
    try {
      return ((InternetAddress) mail.getAllRecipients()[0]).getAddress();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  static String text(MimeMessage mail) throws MessagingException, IOException {
    return content(mail, "text/plain");
  }

  static String html(MimeMessage mail) throws MessagingException, IOException {
    return content(mail, "text/html");
  }

  static String content(MimeMessage mail, String type) throws MessagingException, IOException {
    return parts(mail, type).getFirst().getContent().toString().replace("\r\n", "\n");
  }

  /** The parts of a type, wherever they are. */
  static List<Part> parts(Part part, String type) throws MessagingException, IOException {
    List<Part> found = new ArrayList<>();
    if (part.isMimeType(type)) {
      found.add(part);
    } else if (part.getContent() instanceof MimeMultipart several) {
      for (int i = 0; i < several.getCount(); i++) {
        found.addAll(parts(several.getBodyPart(i), type));
      }
    }
    return found;
  }

  String status(UUID causeId) {
    return column("status", causeId);
  }

  String reason(UUID causeId) {
    return column("coalesce(reason, '')", causeId);
  }

  String column(String column, UUID causeId) {
    return jdbc.sql("SELECT " + column + " FROM mail WHERE cause_id = :id")
        .param("id", causeId)
        .query(String.class)
        .optional()
        .orElse("");
  }

  String allRows() {
    return jdbc.sql(
            """
            SELECT (SELECT coalesce(string_agg(mail::text, ' '), '') FROM mail)
                || (SELECT coalesce(string_agg(profile::text, ' '), '') FROM profile)
            """)
        .query(String.class)
        .single();
  }

  Answer mailsFor(String role, String query) {
    return as(role).get("/api/v1/organizations/" + organizationId + "/mails" + query);
  }

  /** Somebody with this role in the organization; empty: a stranger. */
  ApiClient as(String role) {
    Map<UUID, String> organizations = role.isEmpty() ? Map.of() : Map.of(organizationId, role);
    return api.as(TestTokens.bearer(UUID.randomUUID(), Set.of(), organizations));
  }
}
