package io.cpdevents.registration.quotas;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.registration.events.EventTerms;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What the organizer decides about a quota and may change later.
 *
 * @param capacity the most places of these ticket types together
 * @param ticketTypeIds those that share it; a ticket type may be in several
 */
@Schema(name = "NewQuota")
public record QuotaTerms(
    @NotBlank @OneLine(max = QuotaTerms.MAX_NAME_CHARACTERS) @Schema(example = "Workshop seats")
        String name,
    @NotNull @Min(0) @Max(EventTerms.MAX_CAPACITY) Integer capacity,
    @NotNull @Size(min = 1, max = QuotaTerms.MAX_TICKET_TYPES) List<@NotNull UUID> ticketTypeIds)
    implements FieldRules {

  static final int MAX_NAME_CHARACTERS = 100;

  /** As many as an event has. */
  static final int MAX_TICKET_TYPES = 50;

  @Override
  public List<FieldError> brokenRules() {
    return ticketTypeIds != null
            && ticketTypeIds.stream().filter(Objects::nonNull).distinct().count()
                < ticketTypeIds.stream().filter(Objects::nonNull).count()
        ? List.of(FieldProblem.TICKET_TYPE_TWICE.at("ticketTypeIds"))
        : List.of();
  }
}
