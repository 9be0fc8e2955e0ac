package io.cpdevents.billing.subscriptions.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.subscriptions.RequestTrial;
import io.cpdevents.billing.subscriptions.SubscriptionQueries;
import io.cpdevents.billing.subscriptions.SubscriptionView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Subscriptions over HTTP. */
@Tag(name = "Plans", description = "What organizations pay, and what they may do for that.")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class SubscriptionController {

  private final SubscriptionQueries queries;
  private final RequestTrial requestTrial;

  SubscriptionController(SubscriptionQueries queries, RequestTrial requestTrial) {
    this.queries = queries;
    this.requestTrial = requestTrial;
  }

  @Operation(summary = "The plan of an organization")
  @GetMapping("/subscription")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  SubscriptionView getSubscription(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    return queries.ofOrganization(organizationId);
  }

  @Operation(summary = "Try the Professional plan for 14 days, without a card")
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE, CommonProblem.WRONG_STATE})
  @Refuses({BillingProblem.TRIAL_USED, BillingProblem.TRIAL_REFUSED})
  @PostMapping("/trial")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<SubscriptionView> startTrial(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    requestTrial.handle(new RequestTrial.Command(organizationId, caller.accountId()));
    return ResponseEntity.created(
            URI.create("/api/v1/organizations/" + organizationId + "/subscription"))
        .body(queries.ofOrganization(organizationId));
  }
}
