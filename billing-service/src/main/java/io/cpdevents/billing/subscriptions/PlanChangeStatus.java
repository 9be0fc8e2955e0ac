package io.cpdevents.billing.subscriptions;

import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeCalledOff;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeNeedsAuthentication;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeScheduled;
import io.cpdevents.platform.state.Transitions;

/** How far a change of plan is, and every way from there. */
public enum PlanChangeStatus {
  /** Stripe is to do it, and has not answered. */
  REQUESTED,
  /** Stripe waits for whoever has the card. */
  AWAITING_AUTHENTICATION,
  /** It comes with the next month. */
  SCHEDULED,
  /** Stripe is to drop it, and has not answered. */
  CALL_OFF_REQUESTED,
  APPLIED,
  FAILED,
  /** Nobody has authenticated its payment in time. */
  EXPIRED,
  CALLED_OFF;

  private static final String TOLD_TWICE = "told twice";
  private static final String OVER = "it is over";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<PlanChangeStatus, PlanChangeTrigger> TRANSITIONS = table();

  private static Transitions<PlanChangeStatus, PlanChangeTrigger> table() {
    Transitions.Table<PlanChangeStatus, PlanChangeTrigger> table =
        Transitions.named("plan-change", PlanChangeStatus.class, PlanChangeTrigger.class)
            .row(
                REQUESTED,
                PlanChangeTrigger.AUTHENTICATION_REQUIRED,
                AWAITING_AUTHENTICATION,
                "the bank asks for it",
                PlanChangeNeedsAuthentication.class)
            .row(REQUESTED, PlanChangeTrigger.APPLIED, APPLIED, "it is paid")
            .row(
                REQUESTED,
                PlanChangeTrigger.DECLINED,
                FAILED,
                "nothing was charged",
                PlanChangeFailed.class)
            .row(
                REQUESTED,
                PlanChangeTrigger.SCHEDULED,
                SCHEDULED,
                "the smaller plan comes with the next month",
                PlanChangeScheduled.class)
            .row(
                REQUESTED,
                PlanChangeTrigger.LAPSED,
                FAILED,
                "Stripe does not do it, or has dropped it before we heard of it",
                PlanChangeFailed.class)
            .row(
                REQUESTED,
                PlanChangeTrigger.PLAN_ENDED,
                FAILED,
                "there is nothing to change any more",
                PlanChangeFailed.class)
            .refused(REQUESTED, PlanChangeTrigger.CALL_OFF_REQUESTED, "Stripe may be doing it")
            .ignored(AWAITING_AUTHENTICATION, PlanChangeTrigger.AUTHENTICATION_REQUIRED, TOLD_TWICE)
            .row(AWAITING_AUTHENTICATION, PlanChangeTrigger.APPLIED, APPLIED, "it is paid")
            .row(
                AWAITING_AUTHENTICATION,
                PlanChangeTrigger.DECLINED,
                FAILED,
                "the authentication failed",
                PlanChangeFailed.class)
            .ignored(AWAITING_AUTHENTICATION, PlanChangeTrigger.SCHEDULED, "it is an upgrade")
            .row(
                AWAITING_AUTHENTICATION,
                PlanChangeTrigger.LAPSED,
                EXPIRED,
                "Stripe waits for 23 hours",
                PlanChangeFailed.class)
            .row(
                AWAITING_AUTHENTICATION,
                PlanChangeTrigger.PLAN_ENDED,
                EXPIRED,
                "there is nothing to change any more",
                PlanChangeFailed.class)
            .row(
                AWAITING_AUTHENTICATION,
                PlanChangeTrigger.CALL_OFF_REQUESTED,
                CALL_OFF_REQUESTED,
                "nobody has to pay it any more")
            .ignored(
                SCHEDULED, PlanChangeTrigger.AUTHENTICATION_REQUIRED, "nothing is to be paid now")
            .row(SCHEDULED, PlanChangeTrigger.APPLIED, APPLIED, "its month has begun")
            .ignored(SCHEDULED, PlanChangeTrigger.DECLINED, "nothing is to be paid now")
            .ignored(SCHEDULED, PlanChangeTrigger.SCHEDULED, TOLD_TWICE)
            .row(
                SCHEDULED,
                PlanChangeTrigger.LAPSED,
                CALLED_OFF,
                "the schedule was released at Stripe",
                PlanChangeCalledOff.class)
            .row(
                SCHEDULED,
                PlanChangeTrigger.PLAN_ENDED,
                CALLED_OFF,
                "there is nothing to change any more, which the end tells")
            .row(
                SCHEDULED,
                PlanChangeTrigger.CALL_OFF_REQUESTED,
                CALL_OFF_REQUESTED,
                "the larger plan is to go on")
            .ignored(
                CALL_OFF_REQUESTED, PlanChangeTrigger.AUTHENTICATION_REQUIRED, "it is called off")
            .row(CALL_OFF_REQUESTED, PlanChangeTrigger.APPLIED, APPLIED, "that came first")
            .row(
                CALL_OFF_REQUESTED,
                PlanChangeTrigger.DECLINED,
                CALLED_OFF,
                "it would have come to nothing",
                PlanChangeCalledOff.class)
            .ignored(CALL_OFF_REQUESTED, PlanChangeTrigger.SCHEDULED, "it is called off")
            .row(
                CALL_OFF_REQUESTED,
                PlanChangeTrigger.LAPSED,
                CALLED_OFF,
                "Stripe has dropped it",
                PlanChangeCalledOff.class)
            .row(
                CALL_OFF_REQUESTED,
                PlanChangeTrigger.PLAN_ENDED,
                CALLED_OFF,
                "there is nothing to change any more, which the end tells")
            .ignored(CALL_OFF_REQUESTED, PlanChangeTrigger.CALL_OFF_REQUESTED, "requested twice");
    for (PlanChangeStatus over : new PlanChangeStatus[] {APPLIED, FAILED, EXPIRED, CALLED_OFF}) {
      for (PlanChangeTrigger trigger : PlanChangeTrigger.values()) {
        if (trigger == PlanChangeTrigger.CALL_OFF_REQUESTED) {
          table.refused(over, trigger, OVER);
        } else {
          table.ignored(over, trigger, OVER);
        }
      }
    }
    return table.build();
  }
}
