package io.cpdevents.accounts.zoommeetings;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.zoommeetings.ZoomMeeting.AtZoom;
import io.cpdevents.accounts.zoommeetings.ZoomMeeting.Terms;
import io.cpdevents.accounts.zoommeetings.ZoomMeetingStatus.Trigger;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ZoomMeetingTest {

  private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
  private static final Terms TERMS =
      new Terms("Suturing", NOW.plusSeconds(60), NOW.plus(Duration.ofHours(1)), "America/Toronto");
  private static final AtZoom AT_ZOOM = new AtZoom(7, "host", UUID.randomUUID());

  private final ZoomMeeting unknown = ZoomMeeting.of(UUID.randomUUID(), UUID.randomUUID(), TERMS);
  private final ZoomMeeting wanted = unknown.told(1, TERMS, true, NOW);
  private final ZoomMeeting present = wanted.made(AT_ZOOM, wanted.revision());

  private static void assertStatus(ZoomMeeting meeting, ZoomMeetingStatus status) {
    assertThat(meeting.status()).isEqualTo(status);
  }

  @Test
  void an_event_that_was_cancelled_while_its_meeting_was_made_has_it_deleted() {
    assertStatus(wanted.told(2, TERMS, false, NOW), ZoomMeetingStatus.NONE);

    ZoomMeeting dropped = wanted.asked().told(2, TERMS, false, NOW);
    assertStatus(dropped, ZoomMeetingStatus.UNWANTED);
    ZoomMeeting known = dropped.made(AT_ZOOM, 1);
    assertStatus(known, ZoomMeetingStatus.UNWANTED);
    assertThat(known.atZoom()).isEqualTo(AT_ZOOM);
    assertThat(known.needsWork()).isTrue();
    assertStatus(known.gone(Trigger.DELETED), ZoomMeetingStatus.NONE);
  }

  @Test
  void what_is_wanted_again_while_it_is_deleted_is_made_anew() {
    ZoomMeeting again = present.told(2, TERMS, false, NOW).told(3, TERMS, true, NOW);
    assertStatus(again, ZoomMeetingStatus.PRESENT);
    assertThat(again.needsWork()).isFalse();

    ZoomMeeting anew = again.gone(Trigger.DELETED);

    assertStatus(anew, ZoomMeetingStatus.WANTED);
    assertThat(anew.atZoom()).isNull();
    assertThat(anew.attempted()).isFalse();
  }

  @Test
  void only_what_zoom_shows_is_told_to_zoom() {
    assertThat(present.told(2, TERMS, true, NOW).needsWork()).isFalse();
    Terms moved = new Terms("Suturing", NOW.plusSeconds(120), TERMS.endsAt(), "America/Toronto");

    ZoomMeeting changed = present.told(2, moved, true, NOW);

    assertThat(changed.needsWork()).isTrue();
    // It was moved once more while Zoom was told.
    ZoomMeeting changedAgain = changed.told(3, TERMS, true, NOW);
    assertThat(changedAgain.shown(changed.revision()).needsWork()).isTrue();
    assertThat(changedAgain.shown(changedAgain.revision()).needsWork()).isFalse();
  }

  @Test
  void an_event_that_is_over_needs_none_unless_its_end_is_moved() {
    assertStatus(unknown.told(1, TERMS, true, TERMS.endsAt()), ZoomMeetingStatus.NONE);
    ZoomMeeting over = present.ended();
    assertStatus(over, ZoomMeetingStatus.OVER);
    assertThat(over.closed()).isTrue();
    assertStatus(over.told(2, TERMS, false, TERMS.endsAt()), ZoomMeetingStatus.OVER);
    Terms longer =
        new Terms("Suturing", TERMS.startsAt(), NOW.plus(Duration.ofDays(1)), "America/Toronto");

    ZoomMeeting reopened = over.told(2, longer, true, TERMS.endsAt());

    assertStatus(reopened, ZoomMeetingStatus.PRESENT);
    assertThat(reopened.closed()).isFalse();
    assertThat(reopened.needsWork()).isTrue();
    assertStatus(wanted.asked().ended(), ZoomMeetingStatus.NONE);
  }

  @Test
  void the_diagrams_are_made_from_the_tables() {
    HouseDocs.assertDiagram("zoom-meeting", ZoomMeetingStatus.TRANSITIONS.toMermaid());
    HouseDocs.assertDiagram("zoom-registrant", ZoomRegistrantStatus.TRANSITIONS.toMermaid());
  }
}
