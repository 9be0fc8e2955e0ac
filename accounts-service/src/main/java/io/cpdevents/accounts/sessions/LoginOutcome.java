package io.cpdevents.accounts.sessions;

/** How an attempt to log in went. */
public enum LoginOutcome {
  SUCCEEDED,
  UNKNOWN_EMAIL,
  WRONG_PASSWORD,
  EMAIL_UNVERIFIED,
  TOO_MANY_ATTEMPTS,
  SERVER_BUSY
}
