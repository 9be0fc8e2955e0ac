package io.cpdevents.accounts.zoom;

import io.cpdevents.contracts.accounts.MemberEvent.ZoomConnectionBroken;
import io.cpdevents.platform.state.Transitions;

/** The state of a connection with Zoom, and the table of its changes. */
public enum ZoomConnectionStatus {
  /** Zoom acts for the organization. */
  CONNECTED,
  /** Zoom does not honour it any more, and its tokens are gone: somebody has to connect again. */
  BROKEN,
  /** Nobody wants it any more, and Zoom has still to be told. */
  DISCONNECTING,
  /** It has ended; its row is removed. */
  DISCONNECTED;

  /** Every change of a connection's state. */
  static final Transitions<ZoomConnectionStatus, Trigger> TRANSITIONS =
      Transitions.named("zoom-connection", ZoomConnectionStatus.class, Trigger.class)
          .row(
              CONNECTED,
              Trigger.GRANT_REFUSED,
              BROKEN,
              "it was taken back at Zoom, or the answer with the latest tokens was lost",
              ZoomConnectionBroken.class)
          .ignored(BROKEN, Trigger.GRANT_REFUSED, "it was broken before")
          .ignored(DISCONNECTING, Trigger.GRANT_REFUSED, "nothing is left to be taken back")
          .ignored(DISCONNECTED, Trigger.GRANT_REFUSED, "it had ended before")
          .row(CONNECTED, Trigger.REPLACED, DISCONNECTING, "by that of another person at Zoom")
          .row(
              CONNECTED,
              Trigger.REPLACED,
              DISCONNECTED,
              "by one of the same person at Zoom, which taking this one back could end")
          .row(BROKEN, Trigger.REPLACED, DISCONNECTED, "somebody has connected again")
          .ignored(DISCONNECTING, Trigger.REPLACED, "it is not the present one")
          .ignored(DISCONNECTED, Trigger.REPLACED, "it is not the present one")
          .row(
              CONNECTED,
              Trigger.DISCONNECTION_REQUESTED,
              DISCONNECTING,
              "an owner or admin wants it no more")
          .row(
              BROKEN,
              Trigger.DISCONNECTION_REQUESTED,
              DISCONNECTED,
              "there are no tokens that could be taken back")
          .ignored(DISCONNECTING, Trigger.DISCONNECTION_REQUESTED, "it was asked for before")
          .ignored(DISCONNECTED, Trigger.DISCONNECTION_REQUESTED, "it had ended before")
          .row(
              CONNECTED,
              Trigger.CONNECTOR_LEFT,
              DISCONNECTING,
              "it was made with the account at Zoom of somebody who is no member any more",
              ZoomConnectionBroken.class)
          .ignored(BROKEN, Trigger.CONNECTOR_LEFT, "there are no tokens left")
          .ignored(DISCONNECTING, Trigger.CONNECTOR_LEFT, "it had ended before")
          .ignored(DISCONNECTED, Trigger.CONNECTOR_LEFT, "it had ended before")
          .refused(CONNECTED, Trigger.GRANT_REVOKED, "only what nobody wants is taken back")
          .refused(BROKEN, Trigger.GRANT_REVOKED, "only what nobody wants is taken back")
          .row(DISCONNECTING, Trigger.GRANT_REVOKED, DISCONNECTED, "Zoom has been told")
          .ignored(DISCONNECTED, Trigger.GRANT_REVOKED, "Zoom was told before")
          .build();

  /** What changes a connection's state. */
  enum Trigger {
    /** Zoom does not take its refresh token. */
    GRANT_REFUSED,
    /** The organization has another one. */
    REPLACED,
    DISCONNECTION_REQUESTED,
    /** Whoever has connected does not belong to the organization any more. */
    CONNECTOR_LEFT,
    /** Its tokens count no more at Zoom. */
    GRANT_REVOKED
  }
}
