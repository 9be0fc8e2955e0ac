package io.cpdevents.sandbox.webhooks;

import java.util.Locale;

/** Where a delivery of an event to an endpoint stands. */
enum DeliveryStatus {
  /** It is attempted when it is due. */
  PENDING,
  /** The endpoint has taken it. */
  SUCCEEDED,
  /** The endpoint has refused every attempt. */
  FAILED,
  /** It is not attempted: a fault has lost it, or its endpoint is gone. */
  DROPPED;

  /** As it is stored. */
  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }
}
