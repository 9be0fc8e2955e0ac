package io.cpdevents.billing.webhooks;

/** The two endpoints that Stripe posts to; each has its own secrets. */
public enum WebhookEndpoint {
  /** What happens on the platform's own account. */
  PLATFORM,
  /** What happens on organizations' connected accounts. */
  CONNECT
}
