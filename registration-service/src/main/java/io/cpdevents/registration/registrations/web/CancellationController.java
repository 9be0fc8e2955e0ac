package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.registrations.CancelTickets;
import io.cpdevents.registration.registrations.CancellationPreview;
import io.cpdevents.registration.registrations.PreviewCancellation;
import io.cpdevents.registration.registrations.RegistrationView;
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
@RestController
@RequestMapping("/api/v1/registrations/{id}")
class CancellationController {

  private final PreviewCancellation previewCancellation;
  private final CancelTickets cancelTickets;

  CancellationController(PreviewCancellation previewCancellation, CancelTickets cancelTickets) {
    this.previewCancellation = previewCancellation;
    this.cancelTickets = cancelTickets;
  }

  @AccountEndpoint
  @PostMapping("/cancellation-preview")
  CancellationPreview preview(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable @Valid CancellationPreviewRequest request,
      Caller caller) {
    return previewCancellation.handle(
        Objects.requireNonNullElse(request, CancellationPreviewRequest.OF_ALL).toCommand(id),
        caller);
  }

  @AccountEndpoint
  @RequiresIdempotencyKey
  @PostMapping("/cancellation")
  RegistrationView cancel(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable @Valid CancellationRequest request,
      Caller caller,
      Intent intent) {
    return cancelTickets.handle(
        Objects.requireNonNullElse(request, CancellationRequest.OF_ALL).toCommand(intent.id(), id),
        caller);
  }
}
