package io.cpdevents.accounts.sessions;

/** Why a session is over. */
enum SessionEnd {
  LOGGED_OUT,
  REVOKED,
  EXPIRED
}
