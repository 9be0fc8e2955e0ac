package io.cpdevents.billing.paymentmethods;

import java.util.UUID;

/** Which organizations have something that a card pays. */
public interface PlansToPay {

  /** Whether an organization has a plan that is charged, now or later. */
  boolean has(UUID organizationId);
}
