package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.registration.events.TicketTypeTerms;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** How many tickets of a type somebody wants. */
public record TicketQuantity(
    @NotNull UUID ticketTypeId,
    @NotNull @Min(1) @Max(TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION) Integer quantity) {

  /**
   * What is wrong with these together: a type is named once, and a registration has only so many.
   *
   * @param field the field that has them
   * @param tickets any of which, and any part of which, may be null in a body
   */
  public static List<FieldError> faultsOf(String field, List<TicketQuantity> tickets) {
    List<FieldError> faults = new ArrayList<>();
    List<TicketQuantity> there = tickets.stream().filter(Objects::nonNull).toList();
    List<UUID> types =
        there.stream().map(TicketQuantity::ticketTypeId).filter(Objects::nonNull).toList();
    if (types.stream().distinct().count() < types.size()) {
      faults.add(FieldProblem.TICKET_TYPE_TWICE.at(field));
    }
    long sum =
        there.stream()
            .map(TicketQuantity::quantity)
            .filter(Objects::nonNull)
            .mapToLong(Integer::longValue)
            .sum();
    if (sum > TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION) {
      faults.add(FieldProblem.WRONG_LENGTH.at(field));
    }
    return faults;
  }
}
