package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.CancelTickets;
import io.cpdevents.registration.registrations.CancellationPreview;
import io.cpdevents.registration.registrations.PreviewCancellation;
import io.cpdevents.registration.registrations.RegistrationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cancellations of registrations over HTTP, for buyers and organizations. */
@Tag(name = "Registrations", description = "Buying tickets, and cancelling them.")
@RestController
@RequestMapping("/api/v1/registrations/{registrationId}")
class CancellationController {

  private final PreviewCancellation previewCancellation;
  private final CancelTickets cancelTickets;

  CancellationController(PreviewCancellation previewCancellation, CancelTickets cancelTickets) {
    this.previewCancellation = previewCancellation;
    this.cancelTickets = cancelTickets;
  }

  @Operation(summary = "What a cancellation would give back")
  @Refuses({
    RegistrationProblem.REGISTRATION_NOT_FOUND,
    RegistrationProblem.TICKET_NOT_FOUND,
    RegistrationProblem.ALREADY_CANCELLED,
    RegistrationProblem.HOLD_IS_WHOLE,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.EVENT_STARTED
  })
  @RefusesCommonly({CommonProblem.WRONG_STATE, CommonProblem.ROLE_MISSING})
  @AccountEndpoint(organization = OrganizationRole.ADMIN)
  @PostMapping("/cancellation-preview")
  CancellationPreview previewCancellation(
      @PathVariable UUID registrationId,
      @RequestBody(required = false) @Nullable @Valid CancellationPreviewRequest request,
      Caller caller) {
    return previewCancellation.handle(
        Objects.requireNonNullElse(request, CancellationPreviewRequest.OF_ALL)
            .toCommand(registrationId),
        caller);
  }

  @Operation(summary = "Cancel a registration or some of its tickets")
  @Refuses({
    RegistrationProblem.REGISTRATION_NOT_FOUND,
    RegistrationProblem.TICKET_NOT_FOUND,
    RegistrationProblem.ALREADY_CANCELLED,
    RegistrationProblem.HOLD_IS_WHOLE,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.EVENT_STARTED,
    RegistrationProblem.EVENT_CHANGED
  })
  @RefusesCommonly({CommonProblem.WRONG_STATE, CommonProblem.ROLE_MISSING})
  @StepUp(byUseCase = true)
  @AccountEndpoint(organization = OrganizationRole.ADMIN)
  @RequiresIdempotencyKey
  @PostMapping("/cancellation")
  RegistrationView cancelRegistration(
      @PathVariable UUID registrationId,
      @RequestBody(required = false) @Nullable @Valid CancellationRequest request,
      Caller caller,
      Intent intent) {
    return cancelTickets.handle(
        Objects.requireNonNullElse(request, CancellationRequest.OF_ALL)
            .toCommand(intent.id(), registrationId),
        caller);
  }
}
