package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoom.ZoomAccess;
import io.cpdevents.accounts.zoommeetings.Attendances.Due;
import io.cpdevents.accounts.zoommeetings.Attendances.Holder;
import io.cpdevents.accounts.zoommeetings.ZoomCallFailed.Kind;
import io.cpdevents.contracts.accounts.AttendanceEvent.MeetingAttended;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** An event is over, and Zoom tells who was there: that is kept for each ticket, once. */
@Component
public class ReadAttendance {

  /** Zoom needs half an hour for a report, and some meetings end late. */
  static final Duration REPORT_DELAY = Duration.ofHours(2);

  /** From then on a meeting that was never held is one that nobody came to. */
  static final Duration MAX_REPORT_DELAY = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(ReadAttendance.class);
  private static final Duration RETRY_INTERVAL = Duration.ofHours(1);
  private static final int MAX_BATCH_ROWS = 20;

  private final Attendances attendances;
  private final ZoomRegistrants registrants;
  private final ZoomAccess access;
  private final ZoomApi zoom;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final Clock clock;

  ReadAttendance(
      Attendances attendances,
      ZoomRegistrants registrants,
      ZoomAccess access,
      ZoomApi zoom,
      TransactionTemplate transaction,
      Outbox outbox,
      Clock clock) {
    this.attendances = attendances;
    this.registrants = registrants;
    this.access = access;
    this.zoom = zoom;
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Reads one batch; returns how many were tried. What cannot be read is due again in an hour. */
  public int handle() {
    Instant now = clock.instant();
    List<Due> due = attendances.due(now, MAX_BATCH_ROWS);
    for (Due each : due) {
      if (attendances.putOff(each.eventId(), each.dueAt(), now.plus(RETRY_INTERVAL))) {
        read(each);
      }
    }
    return due.size();
  }

  private void read(Due due) {
    try {
      List<Presence> presences = presences(due);
      boolean late = !due.endsAt().plus(MAX_REPORT_DELAY).isAfter(clock.instant());
      if (late || !presences.isEmpty()) {
        transaction.executeWithoutResult(_ -> keep(due, presences));
      }
    } catch (RuntimeException failure) {
      if (!CallFailures.isExpected(failure)) {
        throw failure;
      }
      log.warn("Who attended event {} is not known yet", due.eventId(), failure);
    }
  }

  private List<Presence> presences(Due due) {
    try {
      return access.call(
          due.host().connectionId(), token -> zoom.presences(token, due.meetingId()));
    } catch (ZoomCallFailed failure) {
      if (failure.kind() != Kind.MEETING_MISSING && failure.kind() != Kind.OBJECT_MISSING) {
        throw failure;
      }
      // It was not held, or not held until now, or has been deleted since.
      return List.of();
    }
  }

  private void keep(Due due, List<Presence> presences) {
    Instant now = clock.instant();
    if (!attendances.markRead(due.eventId(), now)) {
      return;
    }
    Map<String, List<Presence>> byRegistrant =
        presences.stream().collect(Collectors.groupingBy(Presence::registrantId));
    for (Holder holder : attendances.holders(due.eventId())) {
      Attendance attendance =
          Attendance.of(byRegistrant.getOrDefault(holder.registrantId(), List.of())).orElse(null);
      attendances.add(holder, due, attendance, now);
      if (attendance != null) {
        outbox.append(
            new MeetingAttended(
                holder.ticketId(),
                holder.registrationId(),
                due.eventId(),
                due.host().organizationId(),
                attendance.minutes(),
                attendance.joinedAt(),
                attendance.leftAt(),
                now));
      }
    }
    registrants.removeAllOf(due.eventId());
  }
}
