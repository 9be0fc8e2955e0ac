package io.cpdevents.registration.waitlist.web;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.waitlist.WaitlistContent;
import io.cpdevents.registration.waitlist.WaitlistQueries;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service what a mail about a waitlist entry shows. */
@RestController
class WaitlistContentController {

  static final int MAX_ENTRIES_PER_REQUEST = 50;

  private final WaitlistQueries queries;

  WaitlistContentController(WaitlistQueries queries) {
    this.queries = queries;
  }

  /** The contents for those entries that exist, in no order. */
  @InternalEndpoint
  @GetMapping("/internal/waitlist-contents")
  List<WaitlistContent> waitlistContents(@RequestParam List<UUID> waitlistEntryId) {
    if (waitlistEntryId.size() > MAX_ENTRIES_PER_REQUEST) {
      throw FieldProblem.WRONG_LENGTH.on("waitlistEntryId");
    }
    return queries.contents(waitlistEntryId);
  }
}
