package io.cpdevents.billing.payments.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.payments.PaymentAsOfQueries;
import io.cpdevents.billing.payments.PaymentFilter;
import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.billing.payments.PaymentStatus;
import io.cpdevents.billing.payments.PaymentView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.sql.UsualTime;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payments over HTTP. */
@Tag(name = "Payments", description = "Paying for registrations.")
@RestController
@RequestMapping("/api/v1")
class PaymentController {

  private static final int MAX_WAIT_SECONDS = 10;

  private final PaymentQueries queries;
  private final PaymentAsOfQueries asOfQueries;

  PaymentController(PaymentQueries queries, PaymentAsOfQueries asOfQueries) {
    this.queries = queries;
    this.asOfQueries = asOfQueries;
  }

  @Operation(summary = "The payments of a registration; waits for the first one to exist")
  @GetMapping("/payments")
  @AccountEndpoint
  Page<PaymentView> findPayments(
      Caller caller,
      @RequestParam UUID registrationId,
      @RequestParam(defaultValue = "0")
          @Parameter(description = "How long to wait for the first payment, while there is none.")
          @Min(0)
          @Max(MAX_WAIT_SECONDS)
          int waitSeconds) {
    return Page.whole(
        queries.ofRegistration(caller, registrationId, Duration.ofSeconds(waitSeconds)));
  }

  /** As it was at a time, when that is given. */
  @Operation(summary = "A payment, now or as it was at a time")
  @Refuses({BillingProblem.PAYMENT_NOT_FOUND})
  @RefusesCommonly(CommonProblem.ROLE_MISSING)
  @GetMapping("/payments/{paymentId}")
  @AccountEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = {PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  PaymentView getPayment(
      Caller caller,
      @PathVariable UUID paymentId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return asOf == null ? queries.one(caller, paymentId) : asOfQueries.one(caller, paymentId, asOf);
  }

  @Operation(summary = "The payments to an organization")
  @GetMapping("/organizations/{organizationId}/payments")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = {PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<PaymentView> listOrganizationPayments(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestParam(required = false) @Nullable PaymentStatus status,
      @RequestParam(required = false) @Nullable UUID eventId,
      Period period,
      PageRequest page) {
    return queries.ofOrganization(
        caller, organizationId, new PaymentFilter(status, eventId, period), page);
  }
}
