package io.cpdevents.notification.registrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalWriter;
import biweekly.property.Method;
import biweekly.property.Organizer;
import biweekly.property.Status;
import biweekly.property.Transparency;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.smtp.SingleLine;
import io.cpdevents.notification.smtp.SmtpSettings;
import io.cpdevents.notification.writing.WebLinks;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * An event as an entry for calendars (RFC 5545, RFC 5546). An entry is identified by what it is
 * for: the buyer's by the registration, another attendee's by the ticket. Whatever comes later
 * about it has the same identity and a higher sequence number.
 */
@Component
class CalendarFile {

  private static final String FILE_NAME = "event.ics";
  private static final int MAX_TEXT_CHARACTERS = 300;

  /** A line has at most 75 octets, and a character up to three. */
  private static final int MAX_LINE_CHARACTERS = 24;

  private final WebLinks links;
  private final SmtpSettings sender;
  private final Clock clock;

  CalendarFile(WebLinks links, SmtpSettings sender, Clock clock) {
    this.links = links;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * The entry, for a calendar that does not have it or has it from an older version of the event.
   */
  Attachment published(EventContent event, UUID id) {
    VEvent entry = entry(event, id);
    entry.setSequence(sequence(event));
    entry.setStatus(Status.confirmed());
    return file(entry, Method.PUBLISH);
  }

  /** Takes the entry out of a calendar. */
  Attachment cancelled(EventContent event, UUID id) {
    VEvent entry = entry(event, id);
    entry.setSequence(sequence(event) + 1);
    entry.setStatus(Status.cancelled());
    return file(entry, Method.CANCEL);
  }

  /** Leaves one number free between two versions of the event, for the cancellation. */
  private static int sequence(EventContent event) {
    return Math.toIntExact(2 * event.version());
  }

  private VEvent entry(EventContent event, UUID id) {
    String link = links.event(event.id()).toString();
    VEvent entry = new VEvent();
    entry.setUid(id.toString());
    entry.setDateTimeStamp(Date.from(clock.instant()));
    entry.setDateStart(Date.from(event.startsAt()), true);
    entry.setDateEnd(Date.from(event.endsAt()), true);
    entry.setSummary(text(event.title()));
    entry.setDescription(link);
    entry.setUrl(link);
    entry.setTransparency(Transparency.opaque());
    if (event.venue() != null) {
      entry.setLocation(text(event.venue()));
    }
    // A published entry needs an organizer with an address; nobody's own is given away.
    entry.setOrganizer(
        new Organizer(
            text(event.organizer() == null ? sender.fromName() : event.organizer()),
            sender.from()));
    return entry;
  }

  private static String text(String typed) {
    return SingleLine.of(typed, MAX_TEXT_CHARACTERS);
  }

  private static Attachment file(VEvent entry, String method) {
    ICalendar calendar = new ICalendar();
    calendar.setProductId("-//CPD Events//CPD Events//EN");
    calendar.setMethod(method);
    calendar.addEvent(entry);
    return Attachment.file(
        FILE_NAME, "text/calendar; charset=UTF-8; method=" + method, bytes(calendar));
  }

  private static byte[] bytes(ICalendar calendar) {
    StringWriter text = new StringWriter();
    try (ICalWriter writer = new ICalWriter(text, ICalVersion.V2_0)) {
      writer.getVObjectWriter().getFoldedLineWriter().setLineLength(MAX_LINE_CHARACTERS);
      writer.write(calendar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(UTF_8);
  }
}
