package io.cpdevents.billing.paymentmethods.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.paymentmethods.ChooseDefault;
import io.cpdevents.billing.paymentmethods.ChosenPaymentMethod;
import io.cpdevents.billing.paymentmethods.PaymentMethodQueries;
import io.cpdevents.billing.paymentmethods.PaymentMethodView;
import io.cpdevents.billing.paymentmethods.RemovePaymentMethod;
import io.cpdevents.billing.paymentmethods.RequestSetup;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.text.ReturnAddress;
import io.cpdevents.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The cards of organizations over HTTP. */
@Tag(name = "Plans", description = "What organizations pay, and what they may do for that.")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/payment-methods")
class PaymentMethodController {

  private static final int MAX_ID_CHARACTERS = 255;

  /** Where Stripe's page leads when it is over. */
  @Schema(name = "NewPaymentMethodSetup")
  record SetupRequest(@NotBlank @ReturnAddress String returnUrl) {}

  /** The address of the page. */
  @Schema(name = "PaymentMethodSetup")
  record Setup(String url) {}

  private final PaymentMethodQueries queries;
  private final RequestSetup requestSetup;
  private final ChooseDefault chooseDefault;
  private final RemovePaymentMethod remove;

  PaymentMethodController(
      PaymentMethodQueries queries,
      RequestSetup requestSetup,
      ChooseDefault chooseDefault,
      RemovePaymentMethod remove) {
    this.queries = queries;
    this.requestSetup = requestSetup;
    this.chooseDefault = chooseDefault;
    this.remove = remove;
  }

  /** The answer is never stored: whoever has the address can save a card. */
  @Operation(summary = "Get the address of Stripe's page on which a card is saved")
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @Refuses(BillingProblem.PAYMENT_METHOD_REFUSED)
  @PostMapping("/setup")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  @NeverStored
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Setup> setUpPaymentMethod(
      Caller caller, @PathVariable UUID organizationId, @RequestBody @Valid SetupRequest request) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    String url = requestSetup.handle(new RequestSetup.Command(organizationId, request.returnUrl()));
    return ResponseEntity.created(URI.create(url)).body(new Setup(url));
  }

  @Operation(summary = "The cards of an organization, the one that pays first")
  @GetMapping
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  Page<PaymentMethodView> listPaymentMethods(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    return Page.whole(queries.ofOrganization(organizationId));
  }

  @Operation(summary = "Choose the card that pays")
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @Refuses({
    BillingProblem.PAYMENT_METHOD_NOT_FOUND,
    BillingProblem.PAYMENT_METHOD_EXPIRED,
    BillingProblem.PAYMENT_METHOD_REFUSED
  })
  @PutMapping("/{paymentMethodId}/default")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  Page<PaymentMethodView> chooseDefaultPaymentMethod(
      Caller caller,
      @PathVariable UUID organizationId,
      @PathVariable @OneLine(max = MAX_ID_CHARACTERS) String paymentMethodId) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    chooseDefault.handle(new ChosenPaymentMethod(organizationId, paymentMethodId));
    return Page.whole(queries.ofOrganization(organizationId));
  }

  @Operation(summary = "Remove a card")
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @Refuses({BillingProblem.PAYMENT_METHOD_NOT_FOUND, BillingProblem.PAYMENT_METHOD_REFUSED})
  @DeleteMapping("/{paymentMethodId}")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void removePaymentMethod(
      Caller caller,
      @PathVariable UUID organizationId,
      @PathVariable @OneLine(max = MAX_ID_CHARACTERS) String paymentMethodId) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    remove.handle(new ChosenPaymentMethod(organizationId, paymentMethodId));
  }
}
