package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.AccountsProblem;

/** How an attempt went. */
public enum LoginOutcome {
  SUCCEEDED,
  UNKNOWN_EMAIL,
  WRONG_PASSWORD,
  EMAIL_UNVERIFIED,
  /** The password is right, and the account has a second factor, which was not proved. */
  TOTP_REQUIRED,
  WRONG_CODE,
  PASSKEY_REFUSED,
  LINK_INVALID,
  /** The proof is right, and what it was for was refused. */
  REFUSED,
  TOO_MANY_ATTEMPTS,
  SERVER_BUSY;

  /** The code by which such an attempt is refused; it does not tell which e-mails are known. */
  AccountsProblem problem() {
    return switch (this) {
      case UNKNOWN_EMAIL, WRONG_PASSWORD, WRONG_CODE, PASSKEY_REFUSED ->
          AccountsProblem.INVALID_CREDENTIALS;
      case EMAIL_UNVERIFIED -> AccountsProblem.EMAIL_UNVERIFIED;
      case TOTP_REQUIRED -> AccountsProblem.TOTP_REQUIRED;
      case LINK_INVALID -> AccountsProblem.TOKEN_INVALID;
      case SERVER_BUSY -> AccountsProblem.SERVER_BUSY;
      case SUCCEEDED, REFUSED, TOO_MANY_ATTEMPTS -> throw new IllegalStateException(name());
    };
  }
}
