package io.cpdevents.accounts.exports;

import io.cpdevents.contracts.accounts.AccountEvent.DataExportReady;
import io.cpdevents.platform.state.Transitions;

/** Where an export stands. */
public enum DataExportStatus {
  /** The services are asked. */
  RUNNING,
  /** It can be fetched. */
  READY,
  /** A service has not answered for a day. */
  FAILED,
  /** It was removed. */
  EXPIRED;

  enum Trigger {
    COLLECTED,
    GIVEN_UP,
    TIME_OVER
  }

  static final Transitions<DataExportStatus, Trigger> TRANSITIONS =
      Transitions.named("data-export", DataExportStatus.class, Trigger.class)
          .row(RUNNING, Trigger.COLLECTED, READY, "all have answered", DataExportReady.class)
          .row(RUNNING, Trigger.GIVEN_UP, FAILED, "a service has not answered for a day")
          .refused(RUNNING, Trigger.TIME_OVER, "there is nothing to remove")
          .ignored(READY, Trigger.COLLECTED, "another instance was faster")
          .ignored(READY, Trigger.GIVEN_UP, "another instance was faster")
          .row(READY, Trigger.TIME_OVER, EXPIRED, "three days are over")
          .ignored(FAILED, Trigger.COLLECTED, "it was given up before")
          .ignored(FAILED, Trigger.GIVEN_UP, "another instance was faster")
          .refused(FAILED, Trigger.TIME_OVER, "there is nothing to remove")
          .ignored(EXPIRED, Trigger.COLLECTED, "another instance was faster")
          .ignored(EXPIRED, Trigger.GIVEN_UP, "another instance was faster")
          .ignored(EXPIRED, Trigger.TIME_OVER, "it is removed")
          .build();
}
