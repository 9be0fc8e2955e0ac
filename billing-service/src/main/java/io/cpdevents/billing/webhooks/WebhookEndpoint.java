package io.cpdevents.billing.webhooks;

import org.jspecify.annotations.Nullable;

/** The two endpoints that Stripe posts to; each has its own secrets. */
public enum WebhookEndpoint {
  /** What happens on the platform's own account. */
  PLATFORM,
  /** What happens on organizations' connected accounts. */
  CONNECT;

  /**
   * The endpoint for what happens on this account.
   *
   * @param connectedAccountId null for the platform's own account
   */
  static WebhookEndpoint of(@Nullable String connectedAccountId) {
    return connectedAccountId == null ? PLATFORM : CONNECT;
  }
}
