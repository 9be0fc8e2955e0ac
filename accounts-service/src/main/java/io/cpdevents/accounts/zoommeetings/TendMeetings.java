package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoom.ZoomAccess;
import io.cpdevents.accounts.zoommeetings.ZoomCallFailed.Kind;
import io.cpdevents.accounts.zoommeetings.ZoomMeeting.AtZoom;
import io.cpdevents.accounts.zoommeetings.ZoomMeetingStatus.Trigger;
import io.cpdevents.accounts.zoommeetings.ZoomMeetings.Due;
import java.time.Clock;
import java.time.Duration;
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

/** Meetings are made, changed and deleted at Zoom, as events are. */
@Component
public class TendMeetings {

  /** Longer than the calls for one meeting take: whoever is not back by then is not coming. */
  static final Duration MAX_CALLS_TIME = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(TendMeetings.class);
  private static final int MAX_BATCH_ROWS = 20;
  private static final int MAX_ORGANIZATION_ROWS = 5;

  private final ZoomMeetings meetings;
  private final LoseMeeting loseMeeting;
  private final ZoomAccess access;
  private final ZoomApi zoom;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TendMeetings(
      ZoomMeetings meetings,
      LoseMeeting loseMeeting,
      ZoomAccess access,
      ZoomApi zoom,
      TransactionTemplate transaction,
      Clock clock) {
    this.meetings = meetings;
    this.loseMeeting = loseMeeting;
    this.access = access;
    this.zoom = zoom;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Does what is due, one batch; returns how many were tried. One that fails is due again later.
   */
  public int handle() {
    List<Due> due = meetings.due(clock.instant(), MAX_ORGANIZATION_ROWS, MAX_BATCH_ROWS);
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
    Instant until = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(MAX_CALLS_TIME);
    Optional<ZoomMeeting> claimed =
        Objects.requireNonNull(transaction.execute(_ -> claim(due, until)));
    if (claimed.isEmpty()) {
      return true;
    }
    try {
      tend(claimed.get(), due.host());
      return true;
    } catch (RuntimeException failure) {
      if (!CallFailures.isExpected(failure)) {
        throw failure;
      }
      log.warn("The meeting of event {} has to wait", due.eventId(), failure);
      transaction.executeWithoutResult(_ -> putOff(due.eventId(), until, failure));
      return !CallFailures.concernsOthers(failure);
    }
  }

  /** The meeting as it was before; from now on Zoom may have been asked for it. */
  private Optional<ZoomMeeting> claim(Due due, Instant until) {
    Optional<ZoomMeeting> found = meetings.lockDue(due.eventId(), due.dueAt());
    found.ifPresent(meeting ->
        meetings.claim(
            due.eventId(),
            meeting.attempted() || meeting.status() == ZoomMeetingStatus.WANTED,
            until));
    return found;
  }

  private void putOff(UUID eventId, Instant until, RuntimeException failure) {
    Instant now = clock.instant();
    int failures = meetings.countFailure(eventId, CallFailures.reason(failure), now);
    meetings.putOff(eventId, until, now.plus(CallFailures.waitAfter(failure, failures)));
  }

  private void tend(ZoomMeeting meeting, Host host) {
    switch (meeting.status()) {
      case WANTED -> make(meeting, host);
      case PRESENT -> change(meeting, host);
      case UNWANTED -> delete(meeting, host);
      // What is due is told by the row, so this is what became of it since.
      case NONE, OVER -> settle(meeting.eventId(), UnaryOperator.identity());
    }
  }

  /** One whose making was not heard of is found again, so that there are never two. */
  private void make(ZoomMeeting meeting, Host host) {
    UUID eventId = meeting.eventId();
    Optional<Long> found = meeting.attempted() ? find(eventId, host) : Optional.empty();
    long id =
        found.orElseGet(() ->
            access.call(
                host.connectionId(), token -> zoom.create(token, eventId, meeting.terms())));
    settle(
        eventId,
        present ->
            present.made(
                new AtZoom(id, host.userId(), host.accountId()),
                found.isPresent() ? 0 : meeting.revision()));
  }

  private Optional<Long> find(UUID eventId, Host host) {
    return access.call(host.connectionId(), token -> zoom.find(token, eventId));
  }

  private void change(ZoomMeeting meeting, Host host) {
    AtZoom atZoom = Objects.requireNonNull(meeting.atZoom());
    if (!atZoom.userId().equals(host.userId())) {
      lose(meeting.eventId(), atZoom, Trigger.LOST);
      return;
    }
    boolean known =
        isKnown(() ->
            access.call(
                host.connectionId(),
                token -> {
                  zoom.update(token, atZoom.meetingId(), meeting.eventId(), meeting.terms());
                  return true;
                }));
    if (known) {
      settle(meeting.eventId(), present -> present.shown(meeting.revision()));
    } else {
      lose(meeting.eventId(), atZoom, Trigger.LOST);
    }
  }

  private void delete(ZoomMeeting meeting, Host host) {
    AtZoom atZoom = meeting.atZoom();
    if (atZoom != null && !atZoom.userId().equals(host.userId())) {
      lose(meeting.eventId(), atZoom, Trigger.LOST);
      return;
    }
    Optional<Long> id =
        atZoom == null ? find(meeting.eventId(), host) : Optional.of(atZoom.meetingId());
    id.ifPresent(present ->
        isKnown(() ->
            access.call(
                host.connectionId(),
                token -> {
                  zoom.delete(token, present);
                  return true;
                })));
    if (atZoom == null) {
      settle(meeting.eventId(), present -> present.gone(Trigger.DELETED));
    } else {
      lose(meeting.eventId(), atZoom, Trigger.DELETED);
    }
  }

  private void lose(UUID eventId, AtZoom atZoom, Trigger trigger) {
    loseMeeting.handle(new LoseMeeting.Command(eventId, atZoom.meetingId(), trigger));
  }

  /** Whether Zoom knew the meeting that it was asked about. */
  private static boolean isKnown(Runnable call) {
    try {
      call.run();
      return true;
    } catch (ZoomCallFailed failure) {
      if (failure.kind() != Kind.MEETING_MISSING && failure.kind() != Kind.OBJECT_MISSING) {
        throw failure;
      }
      return false;
    }
  }

  private void settle(UUID eventId, UnaryOperator<ZoomMeeting> change) {
    transaction.executeWithoutResult(_ -> {
      ZoomMeeting changed = change.apply(meetings.lock(eventId).orElseThrow());
      meetings.save(changed, changed.needsWork() ? clock.instant() : null);
    });
  }
}
