package io.cpdevents.billing.explanations.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.explanations.ExplainedKind;
import io.cpdevents.billing.explanations.Explanation;
import io.cpdevents.billing.explanations.ExplanationQueries;
import io.cpdevents.billing.explanations.ExplanationQueries.Asked;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.UsualTime;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Explanations over HTTP: for platform finance and support, and for organizations of their own. */
@Tag(name = "Explanations", description = "Why a figure is what it is.")
@RestController
@RequestMapping("/api/v1")
class ExplanationController {

  /** Of an account of the ledger, and of an object of Stripe. */
  private static final int MAX_NAME_CHARACTERS = 255;

  private final ExplanationQueries queries;

  ExplanationController(ExplanationQueries queries) {
    this.queries = queries;
  }

  @Operation(summary = "Explain what is left of a payment")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/finance/explanations/payment/{paymentId}")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<Explanation> explainPayment(
      @PathVariable UUID paymentId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explained(ExplainedKind.PAYMENT, paymentId, asOf);
  }

  @Operation(summary = "Explain what a refund gives back")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/finance/explanations/refund/{refundId}")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<Explanation> explainRefund(
      @PathVariable UUID refundId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explained(ExplainedKind.REFUND, refundId, asOf);
  }

  @Operation(summary = "Explain what a dispute has taken")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/finance/explanations/dispute/{disputeId}")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<Explanation> explainDispute(
      @PathVariable UUID disputeId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explained(ExplainedKind.DISPUTE, disputeId, asOf);
  }

  @Operation(summary = "Explain what a payout pays")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/finance/explanations/payout/{payoutId}")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<Explanation> explainPayout(
      @PathVariable UUID payoutId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explained(ExplainedKind.PAYOUT, payoutId, asOf);
  }

  @Operation(summary = "Explain what an organization has")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/finance/explanations/organization-balance/{organizationId}")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<Explanation> explainOrganizationBalance(
      @PathVariable UUID organizationId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explained(ExplainedKind.ORGANIZATION_BALANCE, organizationId, asOf);
  }

  /** The account by its name in the ledger. */
  @Operation(summary = "Explain what an account of the ledger has")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/finance/explanations/account/{account}")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<Explanation> explainAccount(
      @PathVariable
          @Parameter(description = "Its name, for example `stripe` or `organization:<id>`.")
          @OneLine(max = MAX_NAME_CHARACTERS)
          String account,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explained(ExplainedKind.ACCOUNT, account, asOf);
  }

  @Operation(summary = "Explain why Stripe's balance has moved")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/finance/explanations/balance-transaction/{balanceTransactionId}")
  @PlatformEndpoint({PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<Explanation> explainBalanceTransaction(
      @PathVariable @OneLine(max = MAX_NAME_CHARACTERS) String balanceTransactionId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explained(ExplainedKind.BALANCE_TRANSACTION, balanceTransactionId, asOf);
  }

  @Operation(summary = "Explain what is left of a payment, to its organization")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/organizations/{organizationId}/explanations/payment/{paymentId}")
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  Page<Explanation> explainOwnPayment(
      Caller caller,
      @PathVariable UUID organizationId,
      @PathVariable UUID paymentId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explainedTo(
        caller, new Asked(ExplainedKind.PAYMENT, paymentId.toString(), organizationId, asOf));
  }

  @Operation(summary = "Explain what a refund gives back, to its organization")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/organizations/{organizationId}/explanations/refund/{refundId}")
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  Page<Explanation> explainOwnRefund(
      Caller caller,
      @PathVariable UUID organizationId,
      @PathVariable UUID refundId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explainedTo(
        caller, new Asked(ExplainedKind.REFUND, refundId.toString(), organizationId, asOf));
  }

  @Operation(summary = "Explain what a dispute has taken, to its organization")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/organizations/{organizationId}/explanations/dispute/{disputeId}")
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  Page<Explanation> explainOwnDispute(
      Caller caller,
      @PathVariable UUID organizationId,
      @PathVariable UUID disputeId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explainedTo(
        caller, new Asked(ExplainedKind.DISPUTE, disputeId.toString(), organizationId, asOf));
  }

  @Operation(summary = "Explain what a payout pays, to its organization")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/organizations/{organizationId}/explanations/payout/{payoutId}")
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  Page<Explanation> explainOwnPayout(
      Caller caller,
      @PathVariable UUID organizationId,
      @PathVariable UUID payoutId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explainedTo(
        caller, new Asked(ExplainedKind.PAYOUT, payoutId.toString(), organizationId, asOf));
  }

  @Operation(summary = "Explain what an organization has, to itself")
  @Refuses(BillingProblem.EXPLANATION_NOT_FOUND)
  @GetMapping("/organizations/{organizationId}/explanations/organization-balance")
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  Page<Explanation> explainOwnBalance(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return explainedTo(
        caller,
        new Asked(
            ExplainedKind.ORGANIZATION_BALANCE, organizationId.toString(), organizationId, asOf));
  }

  private Page<Explanation> explained(ExplainedKind kind, Object id, @Nullable Instant asOf) {
    return Page.whole(queries.explain(new Asked(kind, id.toString(), null, asOf)));
  }

  private Page<Explanation> explainedTo(Caller caller, Asked asked) {
    caller.requireRole(Objects.requireNonNull(asked.organizationId()), OrganizationRole.FINANCE);
    return Page.whole(queries.explain(asked));
  }
}
