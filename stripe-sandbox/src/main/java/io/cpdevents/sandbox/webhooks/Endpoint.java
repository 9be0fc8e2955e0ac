package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.api.StripeAccounts;
import java.util.List;

/**
 * An endpoint to which events are delivered.
 *
 * @param id the id of a webhook endpoint, or the name of one from the environment
 * @param connect whether it gets the events of connected accounts instead of the platform's
 * @param events the event types it is subscribed to, {@code *} for all
 */
record Endpoint(String id, String url, String secret, boolean connect, List<String> events) {

  boolean wants(String account, String type) {
    return connect != account.equals(StripeAccounts.PLATFORM)
        && (events.contains("*") || events.contains(type));
  }
}
