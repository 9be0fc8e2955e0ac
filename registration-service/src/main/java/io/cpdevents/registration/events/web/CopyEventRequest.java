package io.cpdevents.registration.events.web;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.registration.events.CopyEvent;
import io.cpdevents.registration.events.EventTerms;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** When the copy of an event takes place. */
@Schema(name = "NewEventCopy")
record CopyEventRequest(@NotNull Instant startsAt, @NotNull Instant endsAt) implements FieldRules {

  @Override
  public List<FieldError> brokenRules() {
    List<FieldError> broken = new ArrayList<>();
    EventTerms.outOfRange("startsAt", startsAt).ifPresent(broken::add);
    EventTerms.outOfRange("endsAt", endsAt).ifPresent(broken::add);
    if (startsAt != null && endsAt != null && !endsAt.isAfter(startsAt)) {
      broken.add(FieldProblem.NOT_AFTER_START.at("endsAt"));
    }
    return broken;
  }

  CopyEvent.Command toCommand(UUID copyId, UUID eventId) {
    return new CopyEvent.Command(copyId, eventId, startsAt, endsAt);
  }
}
