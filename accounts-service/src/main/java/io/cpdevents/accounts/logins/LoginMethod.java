package io.cpdevents.accounts.logins;

/** By what somebody proves who they are. */
public enum LoginMethod {
  PASSWORD(LoginOutcome.WRONG_PASSWORD),
  /** The link in the mail about a forgotten password. */
  RESET_LINK(LoginOutcome.LINK_INVALID),
  /** The link in a mail about another e-mail address. */
  EMAIL_LINK(LoginOutcome.LINK_INVALID);

  private final LoginOutcome refusal;

  LoginMethod(LoginOutcome refusal) {
    this.refusal = refusal;
  }

  /** How an attempt went whose proof was changed or used up while it was looked at. */
  LoginOutcome refusal() {
    return refusal;
  }
}
