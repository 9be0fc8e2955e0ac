package io.cpdevents.billing.checkouts.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.checkouts.StartCheckout;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.text.ReturnAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Checkouts over HTTP. */
@Tag(name = "Payments", description = "Paying for registrations.")
@RestController
@RequestMapping("/api/v1")
class CheckoutController {

  /** Where Stripe's page sends the buyer back to. */
  @Schema(name = "NewCheckout")
  record CheckoutRequest(
      @NotBlank @ReturnAddress String successUrl, @NotBlank @ReturnAddress String cancelUrl) {}

  private final StartCheckout startCheckout;

  CheckoutController(StartCheckout startCheckout) {
    this.startCheckout = startCheckout;
  }

  /** The answer is never stored: whoever has the address can see what is paid for. */
  @Operation(summary = "Get the address of Stripe's page on which a payment is made")
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @Refuses({
    BillingProblem.PAYMENT_NOT_FOUND,
    BillingProblem.PAYMENT_CAPTURED,
    BillingProblem.PAYMENT_PROCESSING,
    BillingProblem.PAYMENT_CANCELLED,
    BillingProblem.HOLD_EXPIRED,
    BillingProblem.CHECKOUT_REFUSED
  })
  @PostMapping("/payments/{paymentId}/checkout")
  @AccountEndpoint
  @NeverStored
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<StartCheckout.Page> startCheckout(
      Caller caller, @PathVariable UUID paymentId, @RequestBody @Valid CheckoutRequest request) {
    StartCheckout.Page page =
        startCheckout.handle(
            new StartCheckout.Command(
                caller.accountId(), paymentId, request.successUrl(), request.cancelUrl()));
    return ResponseEntity.created(URI.create(page.url())).body(page);
  }
}
