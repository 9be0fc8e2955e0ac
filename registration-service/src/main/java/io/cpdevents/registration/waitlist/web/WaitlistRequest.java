package io.cpdevents.registration.waitlist.web;

import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.TicketQuantity;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** How many tickets of which types somebody waits for, all together. */
@Schema(name = "NewWaitlistEntry")
record WaitlistRequest(
    @NotNull @Size(min = 1, max = TicketTypeTerms.MAX_TICKETS_PER_REGISTRATION)
        List<@NotNull @Valid TicketQuantity> tickets)
    implements FieldRules {

  @Override
  public List<FieldError> brokenRules() {
    return tickets == null ? List.of() : TicketQuantity.faultsOf("tickets", tickets);
  }
}
