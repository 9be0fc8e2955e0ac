package io.cpdevents.payout.payoutaccounts.web;

import io.cpdevents.payout.payoutaccounts.PayoutAccountQueries;
import io.cpdevents.payout.payoutaccounts.PayoutAccountView;
import io.cpdevents.payout.payoutaccounts.StartOnboarding;
import io.cpdevents.payout.stripe.PayoutAccounts.OnboardingLink;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.text.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Payout accounts over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/payout-account")
class PayoutAccountController {

  private static final int MAX_ADDRESS_CHARACTERS = 2_000;

  /**
   * Where the onboarding leads back to.
   *
   * @param country ISO 3166-1 alpha-2; left out: the first of the allowed ones
   */
  record OnboardingRequest(
      @NotBlank @OneLine(max = MAX_ADDRESS_CHARACTERS) String returnUrl,
      @Nullable @Pattern(regexp = "[A-Z]{2}") String country) {}

  private final StartOnboarding startOnboarding;
  private final PayoutAccountQueries queries;

  PayoutAccountController(StartOnboarding startOnboarding, PayoutAccountQueries queries) {
    this.startOnboarding = startOnboarding;
    this.queries = queries;
  }

  /**
   * The owner decides where the money goes. Whoever has the link can enter it, so it is not kept.
   */
  @PostMapping
  @OrganizationEndpoint({})
  @NeverStored
  @ResponseStatus(HttpStatus.CREATED)
  OnboardingLink startOnboarding(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestBody @Valid OnboardingRequest request) {
    return startOnboarding.handle(
        new StartOnboarding.Command(organizationId, request.returnUrl(), request.country()),
        caller);
  }

  /** Whether the organization can be paid, and what Stripe wants to know: owner and finance. */
  @GetMapping
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  PayoutAccountView payoutAccount(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(organizationId, OrganizationRole.FINANCE);
    return queries.accountOf(organizationId);
  }
}
