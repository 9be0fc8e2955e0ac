package io.cpdevents.registration.registrations;

import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.platform.state.Transitions;

/** Whether a ticket is good for the entrance, once its registration is confirmed. */
public enum TicketStatus {
  VALID,
  /** Its place was given back. */
  CANCELLED,
  /**
   * The buyer's bank takes the whole payment back, or has taken it for good. It is shown and not
   * stored: the dispute is.
   */
  DISPUTED;

  /** What can happen to a ticket. */
  public enum Trigger {
    /** It was cancelled, alone or with its registration. */
    CANCELLED
  }

  /** The table of state changes. */
  public static final Transitions<TicketStatus, Trigger> TRANSITIONS =
      Transitions.named("ticket", TicketStatus.class, Trigger.class)
          .row(VALID, Trigger.CANCELLED, CANCELLED, "its place goes back on sale")
          .refused(CANCELLED, Trigger.CANCELLED, "its place was given back before")
          .row(
              DISPUTED, Trigger.CANCELLED, CANCELLED, "the organization cancels whatever banks say")
          .build();

  /** The status after this has happened. */
  TicketStatus after(Trigger trigger) {
    return switch (TRANSITIONS.next(this, trigger)) {
      case Changed<TicketStatus>(TicketStatus to, _) -> to;
      case Ignored<TicketStatus> _ -> this;
    };
  }
}
