package io.cpdevents.sandbox.zoom;

import io.cpdevents.sandbox.zoom.ZoomMeetingRows.Presence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people do at Zoom itself. */
@RestController
@RequestMapping("/_sandbox/zoom")
class ZoomLevers {

  private final ZoomGrants grants;
  private final ZoomMeetingRows meetings;

  ZoomLevers(ZoomGrants grants, ZoomMeetingRows meetings) {
    this.grants = grants;
    this.meetings = meetings;
  }

  /** Whoever has allowed it removes the app at Zoom. */
  @DeleteMapping("/grants/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id) {
    grants.remove(id);
  }

  /** The host looks at their meetings. */
  @GetMapping("/grants/{id}/meetings")
  List<Map<String, Object>> meetings(@PathVariable long id) {
    return meetings.allOf(id);
  }

  /** The host looks at who is registered. */
  @GetMapping("/meetings/{id}/registrants")
  List<Map<String, @Nullable Object>> registrants(@PathVariable long id) {
    return meetings.registrantsOf(id);
  }

  /** The host deletes a meeting. */
  @DeleteMapping("/meetings/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void removeMeeting(@PathVariable long id) {
    meetings.remove(id);
  }

  /** Somebody comes, by their link or, without a registrant's id, otherwise, and leaves. */
  @PostMapping("/meetings/{id}/participants")
  @ResponseStatus(HttpStatus.CREATED)
  void attend(@PathVariable long id, @RequestBody Presence presence) {
    meetings.attend(id, presence);
  }
}
