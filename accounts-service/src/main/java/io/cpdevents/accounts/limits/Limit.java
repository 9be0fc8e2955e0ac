package io.cpdevents.accounts.limits;

/** What is limited, and what it is counted by. */
public enum Limit {
  /** Attempts to log in to one account from one address. A person who gets in may err again. */
  LOG_IN(Effect.FORGETS_ALL_ATTEMPTS),
  /**
   * Failed attempts to log in to one account, from all addresses together from which its owner has
   * never got in.
   */
  LOG_IN_ACCOUNT(Effect.GIVES_ATTEMPT_BACK),
  /** Mails to an owner about such attempts. */
  LOG_IN_ACCOUNT_MAIL(Effect.NONE),
  /** Successful attempts to log in to one account. */
  LOG_IN_SUCCESS(Effect.NONE),
  /** Failed attempts from one address to log in or to follow a link, whatever the account. */
  LOG_IN_ADDRESS(Effect.GIVES_ATTEMPT_BACK),
  /** Wrong codes of an authenticator app for one account, from any address. */
  FACTOR(Effect.GIVES_ATTEMPT_BACK),
  /** Mails to an owner about such codes. */
  FACTOR_MAIL(Effect.NONE),
  /** Mails to an owner about the copy of one passkey. */
  PASSKEY_COPY_MAIL(Effect.NONE),
  /** Attempts to follow one link of a verification mail, from any address. */
  VERIFICATION(Effect.FORGETS_ALL_ATTEMPTS),
  /** Links for a forgotten password asked for one e-mail address from one address. */
  PASSWORD_RESET(Effect.NONE),
  /** Such links asked for from one address, whatever the account. */
  PASSWORD_RESET_ADDRESS(Effect.NONE),
  /**
   * Such links for one e-mail address, from all addresses together from which its owner has never
   * got in.
   */
  PASSWORD_RESET_ACCOUNT(Effect.NONE),
  /** Other e-mail addresses that one account asks for. */
  EMAIL_CHANGE(Effect.NONE),
  /** Sign-ups from one address. */
  SIGN_UP_ADDRESS(Effect.NONE),
  /** Verification mails asked for from one address. */
  VERIFICATION_MAIL_ADDRESS(Effect.NONE),
  /** Verification mails to one e-mail address, by sign-ups and by requests. */
  VERIFICATION_MAIL_EMAIL(Effect.NONE),
  /** Invitations by one organization. */
  INVITATION_ORGANIZATION(Effect.NONE),
  /** Invitations to one e-mail address, by all organizations together. */
  INVITATION_EMAIL(Effect.NONE),
  /** Entries of the audit log about uses of one API key that has ended. */
  API_KEY_REFUSED(Effect.NONE);

  /** What a successful attempt does to the count. */
  enum Effect {
    FORGETS_ALL_ATTEMPTS,
    GIVES_ATTEMPT_BACK,
    NONE
  }

  private final Effect effectOfSuccess;

  Limit(Effect effectOfSuccess) {
    this.effectOfSuccess = effectOfSuccess;
  }

  Effect effectOfSuccess() {
    return effectOfSuccess;
  }
}
