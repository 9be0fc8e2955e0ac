package io.cpdevents.billing.payments.web;

import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.billing.payments.PaymentView;
import io.cpdevents.billing.payments.StartCheckout;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Payments over HTTP. */
@RestController
@RequestMapping("/api/v1")
class PaymentController {

  private static final int MAX_WAIT_SECONDS = 10;
  private static final int MAX_ADDRESS_CHARACTERS = 2_000;

  /** Where Stripe's page sends the buyer back to. */
  record CheckoutRequest(
      @NotBlank @Size(max = MAX_ADDRESS_CHARACTERS) String successUrl,
      @NotBlank @Size(max = MAX_ADDRESS_CHARACTERS) String cancelUrl) {}

  private final PaymentQueries queries;
  private final StartCheckout startCheckout;

  PaymentController(PaymentQueries queries, StartCheckout startCheckout) {
    this.queries = queries;
    this.startCheckout = startCheckout;
  }

  @GetMapping("/payments")
  @AccountEndpoint
  Page<PaymentView> ofRegistration(
      Caller caller,
      @RequestParam UUID registrationId,
      @RequestParam(defaultValue = "0") @Min(0) @Max(MAX_WAIT_SECONDS) int waitSeconds) {
    return Page.whole(
        queries.ofRegistration(caller, registrationId, Duration.ofSeconds(waitSeconds)));
  }

  @GetMapping("/payments/{id}")
  @AccountEndpoint
  PaymentView one(Caller caller, @PathVariable UUID id) {
    return queries.one(caller, id);
  }

  /** Never stored: whoever has the address can see what is paid for. */
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

  @GetMapping("/organizations/{id}/payments")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  Page<PaymentView> ofOrganization(Caller caller, @PathVariable UUID id, PageRequest page) {
    return queries.ofOrganization(caller, id, page);
  }
}
