package io.cpdevents.registration.registrations;

/** How much an organization that cancels gives back. */
public enum RefundChoice {
  /** As the refund policy of the registration says. */
  BY_POLICY,
  /** All that the tickets cost. */
  FULL,
  NONE
}
