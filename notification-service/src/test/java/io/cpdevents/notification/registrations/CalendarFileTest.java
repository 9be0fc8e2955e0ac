package io.cpdevents.notification.registrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.smtp.SmtpSettings;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.platform.http.WebUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CalendarFileTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final UUID EVENT = UUID.fromString("01a22300-0000-7000-8000-000000000001");
  private static final UUID ENTRY = UUID.fromString("01a22300-0000-7000-8000-000000000002");

  private final CalendarFile calendarFile =
      new CalendarFile(
          new WebLinks(new WebUrl(URI.create("https://cpd.example/"))),
          new SmtpSettings("127.0.0.1", 25, "", "", false, "events@cpd.example", "CPD Events"),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void an_entry_has_all_that_a_published_one_needs() {
    Attachment file = calendarFile.published(event(3, "Wound care", "Hall 1", "Nurses"), ENTRY);

    assertThat(file.contentType()).isEqualTo("text/calendar; charset=UTF-8; method=PUBLISH");
    assertThat(file.fileName()).isEqualTo("event.ics");
    assertThat(unfolded(file))
        .isEqualTo(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//CPD Events//CPD Events//EN
            METHOD:PUBLISH
            BEGIN:VEVENT
            UID:01a22300-0000-7000-8000-000000000002
            DTSTAMP:20261101T120000Z
            DTSTART:20261205T140000Z
            DTEND:20261205T220000Z
            SUMMARY:Wound care
            DESCRIPTION:https://cpd.example/events/01a22300-0000-7000-8000-000000000001
            URL:https://cpd.example/events/01a22300-0000-7000-8000-000000000001
            TRANSP:OPAQUE
            LOCATION:Hall 1
            ORGANIZER;CN=Nurses:mailto:events@cpd.example
            SEQUENCE:6
            STATUS:CONFIRMED
            END:VEVENT
            END:VCALENDAR
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void what_comes_later_about_an_entry_has_its_identity_and_a_higher_sequence() {
    VEvent first = read(calendarFile.published(event(1, "Wound care", null, null), ENTRY));
    VEvent moved = read(calendarFile.published(event(2, "Wound care", null, null), ENTRY));
    Attachment last = calendarFile.cancelled(event(2, "Wound care", null, null), ENTRY);
    VEvent cancelled = read(last);

    assertThat(first.getUid()).isEqualTo(moved.getUid()).isEqualTo(cancelled.getUid());
    assertThat(moved.getSequence().getValue()).isGreaterThan(first.getSequence().getValue());
    assertThat(cancelled.getSequence().getValue()).isGreaterThan(moved.getSequence().getValue());
    assertThat(cancelled.getStatus().isCancelled()).isTrue();
    assertThat(last.contentType()).endsWith("method=CANCEL");
    assertThat(text(last)).contains("METHOD:CANCEL\r\n");
  }

  @Test
  void nothing_that_people_type_becomes_a_line_of_its_own() {
    String evil = "Care; a, b\\c\r\nATTENDEE:mailto:victim@example.org";
    String text = unfolded(calendarFile.published(event(1, evil, evil, evil), ENTRY));

    assertThat(text.lines()).noneMatch(line -> line.startsWith("ATTENDEE"));
    VEvent entry = Biweekly.parse(text).first().getEvents().getFirst();
    assertThat(entry.getSummary().getValue())
        .isEqualTo("Care; a, b\\c ATTENDEE:mailto:victim@example.org");
    assertThat(entry.getAttendees()).isEmpty();
  }

  @Test
  void no_line_is_longer_than_75_octets_and_no_character_is_torn() {
    String title = "é’😀".repeat(60);
    Attachment file = calendarFile.published(event(1, title, "Hall", "Nurses"), ENTRY);
    String text = text(file);

    assertThat(read(file).getSummary().getValue()).isEqualTo(title);
    assertThat(text.split("\r\n"))
        .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(75));
  }

  private static EventContent event(
      long version, String title, @Nullable String venue, @Nullable String organizer) {
    return new EventContent(
        EVENT,
        UUID.randomUUID(),
        version,
        title,
        Instant.parse("2026-12-05T14:00:00Z"),
        Instant.parse("2026-12-05T22:00:00Z"),
        ZoneId.of("America/Toronto"),
        venue,
        "in-person",
        organizer);
  }

  private static VEvent read(Attachment file) {
    ICalendar calendar = Biweekly.parse(text(file)).first();
    return calendar.getEvents().getFirst();
  }

  private static String text(Attachment file) {
    return new String(file.content(), UTF_8);
  }

  private static String unfolded(Attachment file) {
    return text(file).replace("\r\n ", "");
  }
}
