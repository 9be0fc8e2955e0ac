package io.cpdevents.notification.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.AttendeeCancellation;
import io.cpdevents.notification.registrations.EventCancellation;
import io.cpdevents.notification.registrations.RegistrationCancellation;
import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContent.CancellationContent;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.registrations.RegistrationContent.TierContent;
import io.cpdevents.notification.registrations.TicketCancellation;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What the mails about cancellations say of money, by what was paid and what goes back. */
class CancellationMailsTest {

  private static final AnnotationConfigApplicationContext CONTEXT = WritingContext.start();
  private static final Recipient ADA =
      new Recipient.Known("ada@cpd.example", "Ada", "en-CA", "America/Toronto");
  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final UUID REGISTRATION = UUID.randomUUID();
  private static final UUID OWN = UUID.randomUUID();
  private static final UUID OTHERS = UUID.randomUUID();

  private final MailWriter writer = CONTEXT.getBean(MailWriter.class);
  private final MailKinds kinds = CONTEXT.getBean(MailKinds.class);

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @Test
  void a_refund_of_everything_says_nothing_of_a_rest() {
    assertThat(text(cancelled(false, true, 20_000L), new CancellationContent(null, null)))
        .contains("You have cancelled your registration for Wound care.")
        .contains("We are refunding CAD 200.00")
        .doesNotContain("is not refunded", "refund policy", "reason");
  }

  @Test
  void a_part_that_goes_back_says_how_much_is_kept_and_by_which_tier() {
    assertThat(
            text(
                cancelled(false, true, 5_000L),
                new CancellationContent(null, new TierContent(48, 2_500))))
        .contains("We are refunding CAD 50.00")
        .contains("CAD 150.00 of what you paid is not refunded.")
        .contains("25% of the price goes back until 48 hours before the start of the event.");
  }

  @Test
  void a_cancellation_after_the_last_tier_says_that_the_time_is_over() {
    assertThat(text(cancelled(false, true, null), new CancellationContent(null, null)))
        .contains("CAD 200.00 of what you paid is not refunded.")
        .contains(
            "The time in which the refund policy of your registration gives money back is over.")
        .doesNotContain("We are refunding");
  }

  @Test
  void what_the_organization_keeps_of_its_own_accord_is_not_laid_on_the_policy() {
    assertThat(text(cancelled(true, true, null), new CancellationContent("Not a nurse", null)))
        .contains("The organizer has cancelled your registration for Wound care.")
        .contains("The organizer gives this reason:\nNot a nurse\n")
        .contains("CAD 200.00 of what you paid is not refunded.")
        .doesNotContain("policy");
  }

  @Test
  void a_hold_that_ended_with_its_event_owes_nothing() {
    assertThat(
            text(
                new EventCancellation.Subject(
                    ORGANIZATION, REGISTRATION, false, List.of(OWN, OTHERS), null),
                new CancellationContent("Flood", null)))
        .contains("Wound care does not take place")
        .contains("Your registration had not been paid yet.")
        .doesNotContain("is not refunded", "event.ics");
  }

  @Test
  void tickets_that_cost_nothing_say_nothing_of_money() {
    assertThat(text(cancelled(false, true, null), 0, new CancellationContent(null, null)))
        .doesNotContain("refund", "CAD");
  }

  @Test
  void only_the_cancelled_tickets_are_named_and_counted() {
    assertThat(
            text(
                new TicketCancellation.Subject(
                    ORGANIZATION, REGISTRATION, false, List.of(OTHERS), Money.of(2_500, "CAD")),
                new CancellationContent(null, new TierContent(0, 2_500))))
        .contains("- Regular, Grace")
        .doesNotContain("- Regular, Ada")
        .contains("CAD 75.00 of what you paid is not refunded.")
        .contains("25% of the price goes back until the start of the event.");
  }

  @ParameterizedTest
  @CsvSource({
    "true,  true,  1",
    "true,  false, 0",
  })
  void attendees_hear_of_what_they_had_been_told_of(
      boolean byOrganization, boolean wasConfirmed, int others) {
    Writing writing =
        write(
            new RegistrationCancellation.Subject(
                ORGANIZATION,
                REGISTRATION,
                byOrganization,
                wasConfirmed,
                List.of(OWN, OTHERS),
                null),
            20_000,
            new CancellationContent(null, null));

    assertThat(writing)
        .isInstanceOfSatisfying(
            Writing.Written.class,
            written -> {
              assertThat(written.followUps()).hasSize(others);
              assertThat(written.followUps())
                  .allSatisfy(other -> {
                    assertThat(other.causeId()).isEqualTo(OTHERS);
                    assertThat(other.subject()).isInstanceOf(AttendeeCancellation.Subject.class);
                  });
            });
  }

  private static RegistrationCancellation.Subject cancelled(
      boolean byOrganization, boolean wasConfirmed, @Nullable Long refundMinor) {
    return new RegistrationCancellation.Subject(
        ORGANIZATION,
        REGISTRATION,
        byOrganization,
        wasConfirmed,
        List.of(OWN, OTHERS),
        refundMinor == null ? null : Money.of(refundMinor, "CAD"));
  }

  private String text(MailSubject subject, CancellationContent cancellation) {
    return text(subject, 20_000, cancellation);
  }

  private String text(MailSubject subject, long totalMinor, CancellationContent cancellation) {
    return write(subject, totalMinor, cancellation) instanceof Writing.Written written
        ? written.letter().text().replace('\u00a0', ' ')
        : "";
  }

  private Writing write(MailSubject subject, long totalMinor, CancellationContent cancellation) {
    return writer.write(
        kinds.draft(subject).orElseThrow(),
        Map.of(REGISTRATION, content(totalMinor, cancellation)),
        ADA);
  }

  private static RegistrationContent content(long totalMinor, CancellationContent cancellation) {
    return new RegistrationContent(
        REGISTRATION,
        "R-1",
        "cancelled",
        new EventContent(
            UUID.randomUUID(),
            ORGANIZATION,
            3,
            "Wound care",
            Instant.parse("2026-12-05T14:00:00Z"),
            Instant.parse("2026-12-05T22:00:00Z"),
            ZoneId.of("America/Toronto"),
            "Hall 1",
            "in-person",
            "Nurses of Ontario"),
        Money.of(totalMinor, "CAD"),
        List.of(
            ticket(OWN, "Ada", "ADA@cpd.example", totalMinor / 2, cancellation),
            ticket(OTHERS, "Grace", "grace@cpd.example", totalMinor / 2, cancellation)),
        null);
  }

  private static TicketContent ticket(
      UUID id, String name, String email, long totalMinor, CancellationContent cancellation) {
    return new TicketContent(
        id, "Regular", name, email, Money.of(totalMinor, "CAD"), null, cancellation);
  }
}
