package io.cpdevents.billing.subscriptions.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.subscriptions.CallOffPlanChange;
import io.cpdevents.billing.subscriptions.ChangeRenewal;
import io.cpdevents.billing.subscriptions.PlanChangePreviewView;
import io.cpdevents.billing.subscriptions.PreviewPlanChange;
import io.cpdevents.billing.subscriptions.RequestPlanChange;
import io.cpdevents.billing.subscriptions.RequestTrial;
import io.cpdevents.billing.subscriptions.SubscriptionQueries;
import io.cpdevents.billing.subscriptions.SubscriptionView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.text.OpenWord;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Subscriptions over HTTP. */
@Tag(name = "Plans", description = "What organizations pay, and what they may do for that.")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class SubscriptionController {

  private static final int MAX_PLAN_CHARACTERS = 50;

  /**
   * Which plan is wanted.
   *
   * @param currency in which the organization pays; null for the one it has
   */
  @Schema(name = "NewPlanChangePreview")
  record PreviewRequest(
      @NotNull @OneLine(max = MAX_PLAN_CHARACTERS) @Schema(pattern = OpenWord.FORM) String planId,
      @Nullable Currency currency) {}

  /**
   * Which plan is wanted.
   *
   * @param currency in which the organization pays, for good once something is paid; null for the
   *     one it has
   * @param previewId whose price counts; null for that of this second
   */
  @Schema(name = "NewPlanChange")
  record ChangeRequest(
      @NotNull @OneLine(max = MAX_PLAN_CHARACTERS) @Schema(pattern = OpenWord.FORM) String planId,
      @Nullable Currency currency,
      @Nullable UUID previewId) {}

  /**
   * What is tried.
   *
   * @param currency in which the organization pays when the trial is over, for good once something
   *     is paid; null for the one that it has
   */
  @Schema(name = "NewTrial")
  record TrialRequest(@Nullable Currency currency) {}

  private final SubscriptionQueries queries;
  private final PreviewPlanChange preview;
  private final RequestPlanChange change;
  private final CallOffPlanChange callOff;
  private final RequestTrial requestTrial;
  private final ChangeRenewal changeRenewal;

  SubscriptionController(
      SubscriptionQueries queries,
      PreviewPlanChange preview,
      RequestPlanChange change,
      CallOffPlanChange callOff,
      RequestTrial requestTrial,
      ChangeRenewal changeRenewal) {
    this.queries = queries;
    this.preview = preview;
    this.change = change;
    this.callOff = callOff;
    this.requestTrial = requestTrial;
    this.changeRenewal = changeRenewal;
  }

  @Operation(summary = "The plan of an organization")
  @GetMapping("/subscription")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  SubscriptionView getSubscription(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    return queries.ofOrganization(organizationId);
  }

  @Operation(summary = "What another plan costs, when it begins, and what it does not allow")
  @RefusesCommonly({
    CommonProblem.STRIPE_UNAVAILABLE,
    CommonProblem.WRONG_STATE,
    CommonProblem.AMOUNT_NOT_PAYABLE
  })
  @Refuses({
    BillingProblem.SAME_PLAN,
    BillingProblem.CHANGE_PENDING,
    BillingProblem.CURRENCY_FIXED,
    BillingProblem.CURRENCY_NOT_SUPPORTED
  })
  @PostMapping("/subscription/change-preview")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  PlanChangePreviewView previewPlanChange(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestBody @Valid PreviewRequest request) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    return preview.handle(
        new PreviewPlanChange.Command(organizationId, request.planId(), request.currency()));
  }

  @Operation(summary = "Change the plan: to a larger one when it is paid, else with the next month")
  @RefusesCommonly({
    CommonProblem.STRIPE_UNAVAILABLE,
    CommonProblem.WRONG_STATE,
    CommonProblem.AMOUNT_NOT_PAYABLE
  })
  @Refuses({
    BillingProblem.SAME_PLAN,
    BillingProblem.CHANGE_PENDING,
    BillingProblem.CURRENCY_FIXED,
    BillingProblem.CURRENCY_NOT_SUPPORTED,
    BillingProblem.PREVIEW_EXPIRED,
    BillingProblem.PAYMENT_METHOD_REQUIRED,
    BillingProblem.AUTHENTICATION_REQUIRED,
    BillingProblem.PAYMENT_FAILED
  })
  @PostMapping("/subscription/change")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  SubscriptionView changePlan(
      Caller caller, @PathVariable UUID organizationId, @RequestBody @Valid ChangeRequest request) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    change.handle(
        new RequestPlanChange.Command(
            organizationId, request.planId(), request.currency(), request.previewId()));
    return queries.ofOrganization(organizationId);
  }

  @Operation(summary = "Call off a change of the plan that has not come")
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE, CommonProblem.WRONG_STATE})
  @Refuses(BillingProblem.CHANGE_PENDING)
  @PostMapping("/subscription/change/cancel")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  SubscriptionView callOffPlanChange(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    callOff.handle(organizationId);
    return queries.ofOrganization(organizationId);
  }

  @Operation(
      summary = "Let the plan end with its month, or at once while it is not paid in its grace",
      description =
          "While a card is being charged for an open month the answer is `change-pending`, and the plan ends all the same unless that card pays.")
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE, CommonProblem.WRONG_STATE})
  @Refuses(BillingProblem.CHANGE_PENDING)
  @PostMapping("/subscription/cancel")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  SubscriptionView cancelSubscription(Caller caller, @PathVariable UUID organizationId) {
    return changeRenewal(caller, organizationId, false);
  }

  @Operation(summary = "Let a plan that was cancelled go on after its month")
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE, CommonProblem.WRONG_STATE})
  @Refuses(BillingProblem.CHANGE_PENDING)
  @PostMapping("/subscription/resume")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  SubscriptionView resumeSubscription(Caller caller, @PathVariable UUID organizationId) {
    return changeRenewal(caller, organizationId, true);
  }

  private SubscriptionView changeRenewal(Caller caller, UUID organizationId, boolean renews) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    changeRenewal.handle(new ChangeRenewal.Command(organizationId, renews));
    return queries.ofOrganization(organizationId);
  }

  @Operation(summary = "Try the Professional plan for 14 days, without a card")
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE, CommonProblem.WRONG_STATE})
  @Refuses({
    BillingProblem.TRIAL_USED,
    BillingProblem.TRIAL_REFUSED,
    BillingProblem.CHANGE_PENDING,
    BillingProblem.CURRENCY_FIXED,
    BillingProblem.CURRENCY_NOT_SUPPORTED
  })
  @PostMapping("/trial")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<SubscriptionView> startTrial(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestBody(required = false) @Nullable @Valid TrialRequest request) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    // A key is nobody who could own an organization: whoever has made it may.
    UUID maker = caller.keyMadeBy();
    UUID person = maker == null ? caller.accountId() : maker;
    requestTrial.handle(
        new RequestTrial.Command(
            organizationId, person, request == null ? null : request.currency()));
    return ResponseEntity.created(
            URI.create("/api/v1/organizations/" + organizationId + "/subscription"))
        .body(queries.ofOrganization(organizationId));
  }
}
