package io.cpdevents.billing.webhooks;

import io.cpdevents.platform.state.Outcome;
import io.cpdevents.platform.state.Transitions;

/** Where an event of Stripe stands, and every way from there. */
public enum StripeEventStatus {
  /** It is kept, and has to be applied. */
  RECEIVED,
  /** What it is about was taken over, or was republished. */
  APPLIED,
  /** It changes nothing here, for a reason that is stored with it. */
  IGNORED,
  /** It could not be applied: a person looks at it. */
  PARKED;

  private static final String OVER = "another worker was faster: its lease had run out";

  /** The table of state changes. */
  public static final Transitions<StripeEventStatus, StripeEventTrigger> TRANSITIONS =
      Transitions.named("stripe-event", StripeEventStatus.class, StripeEventTrigger.class)
          .row(RECEIVED, StripeEventTrigger.SETTLED, APPLIED, "Stripe was asked how it stands")
          .row(RECEIVED, StripeEventTrigger.FOUND_FOREIGN, IGNORED, "it is nothing of ours")
          .row(RECEIVED, StripeEventTrigger.GIVEN_UP, PARKED, "it has failed too often")
          .refused(RECEIVED, StripeEventTrigger.REPLAYED, "it will be applied anyway")
          .ignored(APPLIED, StripeEventTrigger.SETTLED, OVER)
          .ignored(APPLIED, StripeEventTrigger.FOUND_FOREIGN, OVER)
          .ignored(APPLIED, StripeEventTrigger.GIVEN_UP, OVER)
          .refused(APPLIED, StripeEventTrigger.REPLAYED, "it was applied")
          .ignored(IGNORED, StripeEventTrigger.SETTLED, OVER)
          .ignored(IGNORED, StripeEventTrigger.FOUND_FOREIGN, OVER)
          .ignored(IGNORED, StripeEventTrigger.GIVEN_UP, OVER)
          .refused(IGNORED, StripeEventTrigger.REPLAYED, "there is nothing to apply")
          .ignored(PARKED, StripeEventTrigger.SETTLED, OVER)
          .ignored(PARKED, StripeEventTrigger.FOUND_FOREIGN, OVER)
          .ignored(PARKED, StripeEventTrigger.GIVEN_UP, OVER)
          .row(PARKED, StripeEventTrigger.REPLAYED, RECEIVED, "an operator has mended the cause")
          .build();

  /** Whether this changes it, and to what. */
  Outcome<StripeEventStatus> on(StripeEventTrigger trigger) {
    return TRANSITIONS.next(this, trigger);
  }
}
