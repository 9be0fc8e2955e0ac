package io.cpdevents.accounts.sessions;

/** Why a session has ended. */
enum SessionEnd {
  LOGGED_OUT,
  REVOKED,
  EXPIRED
}
