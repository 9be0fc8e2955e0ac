package io.cpdevents.contracts.accounts;

/** What happened to the second factors of an account. */
public enum SecondFactorChange {
  /** An authenticator app was set up. */
  TOTP_ADDED,
  TOTP_REMOVED,
  /** So many wrong codes were typed that no more are looked at for a while. */
  TOTP_LOCKED,
  PASSKEY_ADDED,
  PASSKEY_REMOVED,
  /** There are other recovery codes, and those of before count no more. */
  RECOVERY_CODES_RENEWED,
  RECOVERY_CODE_USED
}
