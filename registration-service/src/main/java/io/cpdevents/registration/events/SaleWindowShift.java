package io.cpdevents.registration.events;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Moves sale windows with their event, by the clocks where it takes place: what opened at nine a
 * month before opens at nine, also when the clocks are changed in between. What falls into the hour
 * that is skipped is an hour later, and of an hour that is there twice the first one counts.
 */
record SaleWindowShift(ZoneId zone, Duration byTheClock) {

  /** From the start of an event to that of its copy. */
  static SaleWindowShift of(EventTerms from, Instant newStart) {
    ZoneId zone = ZoneId.of(from.timeZone());
    return new SaleWindowShift(
        zone, Duration.between(local(from.startsAt(), zone), local(newStart, zone)));
  }

  /** The same terms with a window that is moved. */
  TicketTypeTerms of(TicketTypeTerms terms) {
    Instant opened = terms.saleOpensAt();
    Instant closed = terms.saleClosesAt();
    Instant opens = opened == null ? null : shifted(opened);
    Instant closes = closed == null ? null : shifted(closed);
    if (opened != null && closed != null && !shifted(closed).isAfter(shifted(opened))) {
      // A window within the hour that is there twice.
      closes = shifted(opened).plus(Duration.between(opened, closed));
    }
    return new TicketTypeTerms(
        terms.name(),
        terms.price(),
        terms.quota(),
        opens,
        closes,
        terms.minPerRegistration(),
        terms.maxPerRegistration(),
        terms.hidden(),
        terms.accessCodes());
  }

  private Instant shifted(Instant at) {
    return local(at, zone).plus(byTheClock).atZone(zone).toInstant();
  }

  private static LocalDateTime local(Instant at, ZoneId zone) {
    return LocalDateTime.ofInstant(at, zone);
  }
}
