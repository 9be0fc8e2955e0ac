package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoom.ZoomAccess;
import io.cpdevents.accounts.zoommeetings.ZoomCallFailed.Kind;
import io.cpdevents.accounts.zoommeetings.ZoomRegistrantStatus.Trigger;
import io.cpdevents.accounts.zoommeetings.ZoomRegistrants.Due;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Registrants are added to meetings at Zoom and deleted there, as tickets are. */
@Component
public class TendRegistrants {

  private static final Logger log = LoggerFactory.getLogger(TendRegistrants.class);
  private static final int MAX_BATCH_ROWS = 20;
  private static final int MAX_MEETING_ROWS = 5;

  private final ZoomRegistrants registrants;
  private final ZoomRegistrations registrations;
  private final LoseMeeting loseMeeting;
  private final Attendees attendees;
  private final ZoomAccess access;
  private final ZoomApi zoom;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TendRegistrants(
      ZoomRegistrants registrants,
      ZoomRegistrations registrations,
      LoseMeeting loseMeeting,
      Attendees attendees,
      ZoomAccess access,
      ZoomApi zoom,
      TransactionTemplate transaction,
      Clock clock) {
    this.registrants = registrants;
    this.registrations = registrations;
    this.loseMeeting = loseMeeting;
    this.attendees = attendees;
    this.access = access;
    this.zoom = zoom;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Does what is due, one batch; returns how many were tried. One that fails is due again later.
   */
  public int handle() {
    List<Due> due = registrants.due(clock.instant(), MAX_MEETING_ROWS, MAX_BATCH_ROWS);
    Set<UUID> failing = new HashSet<>();
    int tried = 0;
    for (Due each : due) {
      if (!failing.contains(each.host().organizationId())) {
        tried++;
        if (!tend(each)) {
          failing.add(each.host().organizationId());
        }
      }
    }
    return tried;
  }

  /** Answers false when others of its organization should wait. */
  private boolean tend(Due due) {
    if (!due.meetingUserId().equals(due.host().userId())) {
      lose(due);
      return false;
    }
    Instant until =
        clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(TendMeetings.MAX_CALLS_TIME);
    Optional<ZoomRegistrant> claimed =
        Objects.requireNonNull(transaction.execute(_ -> claim(due, until)));
    if (claimed.isEmpty()) {
      return true;
    }
    try {
      tend(claimed.get(), due);
      return true;
    } catch (ZoomCallFailed failure) {
      if (failure.kind() == Kind.MEETING_MISSING) {
        lose(due);
        return false;
      }
      return failed(due, until, failure);
    } catch (RuntimeException failure) {
      if (!CallFailures.isExpected(failure)) {
        throw failure;
      }
      return failed(due, until, failure);
    }
  }

  private void lose(Due due) {
    loseMeeting.handle(
        new LoseMeeting.Command(due.eventId(), due.meetingId(), ZoomMeetingStatus.Trigger.LOST));
  }

  private boolean failed(Due due, Instant until, RuntimeException failure) {
    log.warn("Registrant {} of event {} has to wait", due.id(), due.eventId(), failure);
    transaction.executeWithoutResult(_ -> {
      Instant now = clock.instant();
      registrants
          .countFailure(due.id(), CallFailures.reason(failure), now)
          .ifPresent(failures ->
              registrants.putOff(
                  due.id(), until, now.plus(CallFailures.waitAfter(failure, failures))));
    });
    return !CallFailures.concernsOthers(failure);
  }

  /** The registrant as it was before; from now on Zoom may have been asked to add it. */
  private Optional<ZoomRegistrant> claim(Due due, Instant until) {
    Optional<ZoomRegistrant> found = registrants.lockDue(due.id(), due.dueAt());
    found.ifPresent(registrant ->
        registrants.claim(
            due.id(),
            registrant.attempted() || registrant.status() == ZoomRegistrantStatus.ADDING,
            until));
    return found;
  }

  private void tend(ZoomRegistrant registrant, Due due) {
    switch (registrant.status()) {
      case ADDING -> add(registrant, due);
      case REMOVING -> delete(registrant, due);
      // What is due is told by the row, so this is what became of it since.
      case PRESENT, REMOVED -> settle(registrant.id(), UnaryOperator.identity());
    }
  }

  /** Whose adding was not heard of is looked for, so that nobody is there twice. */
  private void add(ZoomRegistrant registrant, Due due) {
    List<UUID> known = registrants.registrationsOf(registrant.id());
    Optional<Attendee> attendee =
        attendees.of(known).stream()
            .filter(each -> each.address().equals(registrant.address()))
            .findFirst();
    if (attendee.isEmpty()) {
      // Whoever it was has no ticket any more: that is heard of, or it is asked for now.
      transaction.executeWithoutResult(
          _ -> known.forEach(id -> registrations.renew(id, clock.instant())));
      return;
    }
    String id =
        find(registrant, due)
            .orElseGet(() ->
                access.call(
                    due.host().connectionId(),
                    token -> zoom.addRegistrant(token, due.meetingId(), attendee.get())));
    settle(registrant.id(), present -> present.added(id));
  }

  private Optional<String> find(ZoomRegistrant registrant, Due due) {
    return registrant.attempted()
        ? access.call(
            due.host().connectionId(),
            token -> zoom.findRegistrant(token, due.meetingId(), registrant.address()))
        : Optional.empty();
  }

  private void delete(ZoomRegistrant registrant, Due due) {
    String known = registrant.idAtZoom();
    Optional<String> id = known == null ? find(registrant, due) : Optional.of(known);
    id.ifPresent(present -> delete(present, due));
    settle(registrant.id(), present -> present.gone(Trigger.DELETED));
  }

  private void delete(String idAtZoom, Due due) {
    try {
      access.call(
          due.host().connectionId(),
          token -> {
            zoom.deleteRegistrant(token, due.meetingId(), idAtZoom);
            return true;
          });
    } catch (ZoomCallFailed failure) {
      if (failure.kind() != Kind.OBJECT_MISSING) {
        throw failure;
      }
      // Somebody has deleted it at Zoom, which is what was wanted.
    }
  }

  private void settle(UUID id, UnaryOperator<ZoomRegistrant> change) {
    transaction.executeWithoutResult(_ ->
        registrants
            .lock(id)
            .ifPresent(registrant -> {
              ZoomRegistrant changed = change.apply(registrant);
              registrants.save(changed, changed.needsWork() ? clock.instant() : null);
            }));
  }
}
