package io.cpdevents.billing.webhooks.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.webhooks.ReceiveStripeEvent;
import io.cpdevents.billing.webhooks.WebhookEndpoint;
import io.cpdevents.platform.security.PublicEndpoint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stripe's way in: the raw body and its signature, nothing else. */
@Tag(name = "Webhooks of Stripe", description = "Called by Stripe alone.")
@RestController
class StripeWebhookController {

  private static final String SIGNATURE = "Stripe-Signature";
  private static final String SIGNED = "When Stripe has sent it, and its signatures.";
  private static final byte[] NO_BODY = new byte[0];

  private final ReceiveStripeEvent receive;

  StripeWebhookController(ReceiveStripeEvent receive) {
    this.receive = receive;
  }

  @Operation(summary = "Receive an event of the platform's account")
  @Refuses({
    BillingProblem.WEBHOOK_DISABLED,
    BillingProblem.SIGNATURE_INVALID,
    BillingProblem.PAYLOAD_INVALID
  })
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      description = "An event of Stripe.",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @PostMapping("/webhooks/stripe")
  @PublicEndpoint
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void receiveStripeEvent(
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(description = SIGNED) @RequestHeader(name = SIGNATURE, required = false)
          @Nullable String signature) {
    receive.handle(
        new ReceiveStripeEvent.Command(
            WebhookEndpoint.PLATFORM, body == null ? NO_BODY : body, signature));
  }

  @Operation(summary = "Receive an event of a connected account")
  @Refuses({
    BillingProblem.WEBHOOK_DISABLED,
    BillingProblem.SIGNATURE_INVALID,
    BillingProblem.PAYLOAD_INVALID
  })
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      description = "An event of Stripe.",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @PostMapping("/webhooks/stripe-connect")
  @PublicEndpoint
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void receiveStripeConnectEvent(
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(description = SIGNED) @RequestHeader(name = SIGNATURE, required = false)
          @Nullable String signature) {
    receive.handle(
        new ReceiveStripeEvent.Command(
            WebhookEndpoint.CONNECT, body == null ? NO_BODY : body, signature));
  }
}
