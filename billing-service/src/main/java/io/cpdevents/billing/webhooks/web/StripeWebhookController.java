package io.cpdevents.billing.webhooks.web;

import io.cpdevents.billing.webhooks.ReceiveStripeEvent;
import io.cpdevents.billing.webhooks.WebhookEndpoint;
import io.cpdevents.platform.security.PublicEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stripe's way in: the raw body and its signature, nothing else. */
@RestController
class StripeWebhookController {

  private static final String SIGNATURE = "Stripe-Signature";
  private static final byte[] NO_BODY = new byte[0];

  private final ReceiveStripeEvent receive;

  StripeWebhookController(ReceiveStripeEvent receive) {
    this.receive = receive;
  }

  @PostMapping("/webhooks/stripe")
  @PublicEndpoint
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void platform(
      @RequestBody(required = false) byte @Nullable [] body,
      @RequestHeader(name = SIGNATURE, required = false) @Nullable String signature) {
    receive.handle(WebhookEndpoint.PLATFORM, body == null ? NO_BODY : body, signature);
  }

  @PostMapping("/webhooks/stripe-connect")
  @PublicEndpoint
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void connect(
      @RequestBody(required = false) byte @Nullable [] body,
      @RequestHeader(name = SIGNATURE, required = false) @Nullable String signature) {
    receive.handle(WebhookEndpoint.CONNECT, body == null ? NO_BODY : body, signature);
  }
}
