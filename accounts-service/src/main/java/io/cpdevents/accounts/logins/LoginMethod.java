package io.cpdevents.accounts.logins;

/** By what somebody proves who they are. */
public enum LoginMethod {
  PASSWORD(LoginOutcome.WRONG_PASSWORD),
  /** The link in the mail about a forgotten password. */
  RESET_LINK(LoginOutcome.LINK_INVALID),
  /** The link in a mail about another e-mail address. */
  EMAIL_LINK(LoginOutcome.LINK_INVALID),
  /** A code of an authenticator app; to log in, beside the password. */
  TOTP(LoginOutcome.WRONG_CODE),
  /** One of the codes that were written down; to log in, beside the password. */
  RECOVERY_CODE(LoginOutcome.WRONG_CODE),
  /** What a passkey signs, once the person has unlocked it: in place of a password. */
  PASSKEY(LoginOutcome.PASSKEY_REFUSED);

  private final LoginOutcome refusal;

  LoginMethod(LoginOutcome refusal) {
    this.refusal = refusal;
  }

  /** Whether it is more than what somebody knows or reads: it counts as a second factor. */
  boolean isFactor() {
    return this == TOTP || this == RECOVERY_CODE || this == PASSKEY;
  }

  /** How an attempt went whose proof was changed or used up while it was looked at. */
  LoginOutcome refusal() {
    return refusal;
  }
}
