package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.AttendeeMovedEvent;
import io.cpdevents.notification.registrations.KnownPlace;
import io.cpdevents.notification.registrations.MovedEvent;
import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
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

/** What the mails about an event that was moved say, and to whom they go. */
class MovedEventMailsTest {

  private static final AnnotationConfigApplicationContext CONTEXT = WritingContext.start();
  private static final Recipient ADA =
      new Recipient.Known("ada@cpd.example", "Ada", "en-CA", "America/Toronto");
  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final UUID REGISTRATION = UUID.randomUUID();
  private static final UUID NOTICE = UUID.randomUUID();
  private static final UUID OTHERS = UUID.randomUUID();
  private static final Instant STARTS_AT = Instant.parse("2026-12-05T14:00:00Z");
  private static final Instant ENDS_AT = Instant.parse("2026-12-05T22:00:00Z");
  private static final Instant FREE_UNTIL = Instant.parse("2026-11-20T15:00:00Z");
  private static final KnownPlace IN_NOVEMBER =
      new KnownPlace(
          Instant.parse("2026-11-28T14:00:00Z"),
          Instant.parse("2026-11-28T22:00:00Z"),
          "in-person",
          "Hall 9");

  private final MailWriter writer = CONTEXT.getBean(MailWriter.class);
  private final MailKinds kinds = CONTEXT.getBean(MailKinds.class);

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @Test
  void the_buyer_reads_what_it_was_what_it_is_and_until_when_to_cancel() {
    assertThat(text(subject(IN_NOVEMBER, FREE_UNTIL), 20_000, "A"))
        .contains("When: Saturday, December 5, 2026, 09:00")
        .contains("Where: Hall 1")
        .contains("When before: Saturday, November 28, 2026, 09:00")
        .contains("Where before: Hall 9")
        .contains("cancel until Friday, November 20, 2026, 10:00")
        .contains("moves the event in your calendar");
  }

  @Test
  void where_nothing_was_paid_or_the_change_is_small_nothing_is_said_of_money() {
    assertThat(text(subject(IN_NOVEMBER, FREE_UNTIL), 0, "A")).doesNotContain("money");
    assertThat(text(subject(IN_NOVEMBER, null), 20_000, "A")).doesNotContain("money");
  }

  @Test
  void other_attendees_are_told_once_for_a_notice() {
    assertThat(write(subject(IN_NOVEMBER, FREE_UNTIL), 20_000, "A"))
        .isInstanceOfSatisfying(
            Writing.Written.class,
            written ->
                assertThat(written.followUps())
                    .singleElement()
                    .satisfies(other -> {
                      assertThat(other.causeId()).isNotIn(OTHERS, NOTICE);
                      assertThat(other.subject())
                          .isEqualTo(
                              new AttendeeMovedEvent.Subject(
                                  ORGANIZATION, REGISTRATION, OTHERS, IN_NOVEMBER));
                    }));
  }

  @Test
  void nobody_is_told_whose_tickets_are_cancelled_or_when_it_is_back_where_it_was() {
    KnownPlace same = new KnownPlace(STARTS_AT, ENDS_AT, "in-person", "Hall 1");
    assertThat(write(subject(IN_NOVEMBER, null), 20_000, null))
        .isInstanceOf(Writing.Pointless.class);
    assertThat(write(subject(same, null), 20_000, "A")).isInstanceOf(Writing.Pointless.class);
  }

  @Test
  void who_has_not_paid_yet_is_told_when_that_is_done() {
    assertThat(
            writer.write(
                kinds.draft(subject(IN_NOVEMBER, null)).orElseThrow(),
                Map.of(REGISTRATION, content("held", 20_000, null)),
                ADA))
        .isInstanceOf(Writing.TooEarly.class);
  }

  private static MovedEvent.Subject subject(KnownPlace known, @Nullable Instant freeUntil) {
    return new MovedEvent.Subject(ORGANIZATION, REGISTRATION, NOTICE, known, freeUntil);
  }

  private String text(MailSubject subject, long totalMinor, String code) {
    return write(subject, totalMinor, code) instanceof Writing.Written written
        ? written.letter().text().replace('\u00a0', ' ')
        : "";
  }

  private Writing write(MailSubject subject, long totalMinor, @Nullable String code) {
    return writer.write(
        kinds.draft(subject).orElseThrow(),
        Map.of(REGISTRATION, content("confirmed", totalMinor, code)),
        ADA);
  }

  private static RegistrationContent content(
      String status, long totalMinor, @Nullable String code) {
    return new RegistrationContent(
        REGISTRATION,
        "R-1",
        status,
        new EventContent(
            UUID.randomUUID(),
            ORGANIZATION,
            3,
            "Wound care",
            STARTS_AT,
            ENDS_AT,
            ZoneId.of("America/Toronto"),
            "Hall 1",
            "in-person",
            "Nurses of Ontario"),
        Money.of(totalMinor, "CAD"),
        List.of(
            ticket(UUID.randomUUID(), "Ada", "ADA@cpd.example", totalMinor / 2, code),
            ticket(OTHERS, "Grace", "grace@cpd.example", totalMinor / 2, code)),
        List.of());
  }

  private static TicketContent ticket(
      UUID id, String name, String email, long totalMinor, @Nullable String code) {
    return new TicketContent(id, "Regular", name, email, Money.of(totalMinor, "CAD"), code, null);
  }
}
