package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.front.StripeAccounts;
import java.util.List;

/**
 * Where events are posted.
 *
 * @param id the webhook endpoint's, or the name of one from the environment
 * @param connect whether it gets the events of connected accounts, or those of the platform
 * @param events the event types it is subscribed to, {@code *} for all
 */
record Endpoint(String id, String url, String secret, boolean connect, List<String> events) {

  boolean wants(String account, String type) {
    return connect != account.equals(StripeAccounts.PLATFORM)
        && (events.contains("*") || events.contains(type));
  }
}
