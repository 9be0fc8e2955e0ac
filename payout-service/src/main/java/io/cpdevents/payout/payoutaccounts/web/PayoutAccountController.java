package io.cpdevents.payout.payoutaccounts.web;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.Refuses;
import io.cpdevents.payout.payoutaccounts.PayoutAccountQueries;
import io.cpdevents.payout.payoutaccounts.PayoutAccountView;
import io.cpdevents.payout.payoutaccounts.PayoutCountry;
import io.cpdevents.payout.payoutaccounts.StartOnboarding;
import io.cpdevents.payout.stripe.PayoutAccounts.OnboardingLink;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.text.ReturnAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
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

/** Payout accounts over HTTP. */
@Tag(name = "Payout accounts", description = "Where organizations are paid out to.")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/payout-account")
class PayoutAccountController {

  /**
   * Where the onboarding leads back to.
   *
   * @param country ISO 3166-1 alpha-2; left out: the first of the allowed ones
   */
  @Schema(name = "NewOnboarding")
  record OnboardingRequest(
      @NotBlank @ReturnAddress String returnUrl,
      @Nullable
          @Pattern(regexp = PayoutCountry.FORM)
          @Schema(minLength = 2, maxLength = 2)
          @PayoutCountry
          String country) {}

  private final StartOnboarding startOnboarding;
  private final PayoutAccountQueries queries;

  PayoutAccountController(StartOnboarding startOnboarding, PayoutAccountQueries queries) {
    this.startOnboarding = startOnboarding;
    this.queries = queries;
  }

  /**
   * The owner decides where the money goes. Whoever has the link can enter it, so it is not kept.
   */
  @Operation(summary = "Get a link by which the owner tells Stripe where to pay out")
  @Refuses({PayoutProblem.COUNTRY_FIXED, PayoutProblem.PAYOUT_ACCOUNT_REFUSED})
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @StepUp
  @PostMapping
  @OrganizationEndpoint({})
  @NeverStored
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<OnboardingLink> startOnboarding(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestBody @Valid OnboardingRequest request) {
    OnboardingLink link =
        startOnboarding.handle(
            new StartOnboarding.Command(organizationId, request.returnUrl(), request.country()),
            caller);
    return ResponseEntity.created(URI.create(link.url())).body(link);
  }

  /** Whether the organization can be paid, and what Stripe wants to know: owner and finance. */
  @Operation(summary = "Whether an organization can be paid out, and what Stripe wants to know")
  @GetMapping
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  PayoutAccountView getPayoutAccount(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(organizationId, OrganizationRole.FINANCE);
    return queries.accountOf(organizationId);
  }
}
