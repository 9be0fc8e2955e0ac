package io.cpdevents.billing.checkouts.web;

import io.cpdevents.billing.checkouts.StartCheckout;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.text.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Checkouts over HTTP. */
@RestController
@RequestMapping("/api/v1")
class CheckoutController {

  private static final int MAX_ADDRESS_CHARACTERS = 2_000;

  /** Where Stripe's page sends the buyer back to. */
  record CheckoutRequest(
      @NotBlank @OneLine(max = MAX_ADDRESS_CHARACTERS) String successUrl,
      @NotBlank @OneLine(max = MAX_ADDRESS_CHARACTERS) String cancelUrl) {}

  private final StartCheckout startCheckout;

  CheckoutController(StartCheckout startCheckout) {
    this.startCheckout = startCheckout;
  }

  /** The answer is never stored: whoever has the address can see what is paid for. */
  @PostMapping("/payments/{id}/checkout")
  @AccountEndpoint
  @NeverStored
  @ResponseStatus(HttpStatus.CREATED)
  StartCheckout.Page checkout(
      Caller caller, @PathVariable UUID id, @RequestBody @Valid CheckoutRequest request) {
    return startCheckout.handle(
        new StartCheckout.Command(
            caller.accountId(), id, request.successUrl(), request.cancelUrl()));
  }
}
