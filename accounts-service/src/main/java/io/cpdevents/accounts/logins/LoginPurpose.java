package io.cpdevents.accounts.logins;

/** What somebody proves who they are for. */
public enum LoginPurpose {
  LOG_IN,
  /** Somebody who is logged in proves it once more. */
  STEP_UP,
  PASSWORD_CHANGE,
  PASSWORD_RESET,
  /** The password of a sign-up, beside the link of its mail. */
  EMAIL_VERIFICATION,
  EMAIL_CHANGE,
  /** Back to the address that the account had. */
  EMAIL_REVERT,
  /** A second factor is added. */
  FACTOR_CHANGE
}
