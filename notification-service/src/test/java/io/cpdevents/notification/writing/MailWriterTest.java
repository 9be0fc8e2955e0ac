package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.EventCancellation;
import io.cpdevents.notification.registrations.RegistrationConfirmation;
import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.smtp.Letter;
import io.cpdevents.notification.writing.MailWriter.Writing;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class MailWriterTest {

  private static final AnnotationConfigApplicationContext CONTEXT = WritingContext.start();
  private static final Recipient ADA =
      new Recipient.Known("ada@cpd.example", "Ada", "en-CA", "America/Toronto");

  private final MailWriter writer = CONTEXT.getBean(MailWriter.class);
  private final UUID registrationId = UUID.randomUUID();
  private final UUID eventId = UUID.randomUUID();
  private final Draft<?, ?> confirmation =
      CONTEXT
          .getBean(MailKinds.class)
          .draft(new RegistrationConfirmation.Subject(UUID.randomUUID(), registrationId))
          .orElseThrow();

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @Test
  void the_confirmation_as_text() {
    assertThat(write(content("Hall 1", "in-person", 12_550, "T-CODE-1"), ADA))
        .isInstanceOfSatisfying(
            Writing.Written.class,
            written -> {
              Letter letter = written.letter();
              assertThat(letter.email()).isEqualTo("ada@cpd.example");
              assertThat(letter.subject()).isEqualTo("Your tickets for Wound care");
              assertThat(letter.text().replace('\u00a0', ' '))
                  .isEqualTo(
                      """
                      Hello Ada,

                      Your registration for Wound care is confirmed.

                      When: Saturday, December 5, 2026, 09:00–17:00 EST
                      Where: Hall 1
                      Organizer: Nurses of Ontario
                      Reference: R-1
                      Paid: CAD 125.50
                      Open your registration: https://cpd.example/registrations/%s
                      About the event: https://cpd.example/events/%s

                      Tickets:

                      - Regular, Grace
                        Code: T-CODE-1

                      Show the code at the entrance. Anybody who has a code can use the ticket, so please keep this mail to yourself.

                      The attached file event.ics puts the event into your calendar.

                      --
                      CPD Events
                      This mail was sent automatically. Please do not reply to it: nobody reads the replies.
                      """
                          .formatted(registrationId, eventId));
            });
  }

  @Test
  void a_free_event_online_says_so_and_an_event_without_a_place_says_nothing() {
    assertThat(text(content(null, "online", 0, "T-CODE-1")))
        .contains("\nWhere: Online\n")
        .contains("\nPaid: Free of charge\n");
    assertThat(text(content(null, "in-person", 0, "T-CODE-1"))).doesNotContain("Where:");
  }

  @Test
  void a_registration_that_lost_its_tickets_gets_no_confirmation() {
    assertThat(write(content("Hall 1", "in-person", 0, null), ADA))
        .isEqualTo(new Writing.Pointless("cause-gone"));
  }

  @Test
  void what_the_owner_does_not_know_yet_is_waited_for() {
    assertThat(writer.write(confirmation, Map.of(), ADA))
        .isEqualTo(new Writing.TooEarly("registration-unknown"));
  }

  @Test
  void a_profile_that_is_not_known_is_waited_for_and_an_erased_person_is_not() {
    RegistrationContent content = content("Hall 1", "in-person", 0, "T-CODE-1");

    assertThat(write(content, null)).isEqualTo(new Writing.TooEarly("profile-unknown"));
    assertThat(write(content, new Recipient.Erased()))
        .isInstanceOfSatisfying(
            Writing.Pointless.class,
            pointless -> assertThat(pointless.reason()).isEqualTo("recipient-erased"));
  }

  @Test
  void whom_an_erased_person_has_named_is_told_all_the_same() {
    RegistrationContent content = content("Hall 1", "in-person", 0, null);
    UUID ticketId = content.tickets().getFirst().ticketId();
    Draft<?, ?> cancellation =
        CONTEXT
            .getBean(MailKinds.class)
            .draft(
                new EventCancellation.Subject(
                    UUID.randomUUID(), registrationId, true, List.of(ticketId), null))
            .orElseThrow();

    assertThat(writer.write(cancellation, Map.of(registrationId, content), new Recipient.Erased()))
        .isInstanceOfSatisfying(
            Writing.Pointless.class,
            pointless ->
                assertThat(pointless.followUps())
                    .extracting(FollowUp::causeId)
                    .containsExactly(ticketId));
  }

  private String text(RegistrationContent content) {
    return write(content, ADA) instanceof Writing.Written written ? written.letter().text() : "";
  }

  private Writing write(RegistrationContent content, @Nullable Recipient account) {
    return writer.write(confirmation, Map.of(registrationId, content), account);
  }

  private RegistrationContent content(
      @Nullable String venue, String mode, long amountMinor, @Nullable String code) {
    return new RegistrationContent(
        registrationId,
        "R-1",
        "confirmed",
        new EventContent(
            eventId,
            UUID.randomUUID(),
            3,
            "Wound care",
            Instant.parse("2026-12-05T14:00:00Z"),
            Instant.parse("2026-12-05T22:00:00Z"),
            ZoneId.of("America/Toronto"),
            venue,
            mode,
            "Nurses of Ontario"),
        Money.of(amountMinor, "CAD"),
        List.of(
            new TicketContent(
                UUID.randomUUID(),
                "Regular",
                "Grace",
                "grace@cpd.example",
                Money.of(amountMinor, "CAD"),
                code,
                null)),
        null);
  }
}
