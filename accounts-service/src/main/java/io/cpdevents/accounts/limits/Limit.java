package io.cpdevents.accounts.limits;

/** What is limited, and what it is counted by. */
public enum Limit {
  /** Attempts to log in to one account from one address, successful or not. */
  LOG_IN,
  /** Failed attempts to log in from one address, whatever the account. */
  LOG_IN_ADDRESS,
  /** Sign-ups from one address. */
  SIGN_UP_ADDRESS,
  /** Verification mails asked for from one address. */
  VERIFICATION_MAIL_ADDRESS,
  /** Verification mails to one e-mail address, by sign-ups and by requests. */
  VERIFICATION_MAIL_EMAIL
}
