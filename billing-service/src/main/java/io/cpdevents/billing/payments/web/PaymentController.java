package io.cpdevents.billing.payments.web;

import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.billing.payments.PaymentView;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payments over HTTP. */
@RestController
@RequestMapping("/api/v1")
class PaymentController {

  private static final int MAX_WAIT_SECONDS = 10;

  private final PaymentQueries queries;

  PaymentController(PaymentQueries queries) {
    this.queries = queries;
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

  @GetMapping("/organizations/{id}/payments")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  Page<PaymentView> ofOrganization(Caller caller, @PathVariable UUID id, PageRequest page) {
    return queries.ofOrganization(caller, id, page);
  }
}
