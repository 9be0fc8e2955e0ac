package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.Phrase;

/** What happened to the second factors of an account, in words. */
public enum FactorChange implements Phrase {
  TOTP_ADDED,
  TOTP_REMOVED,
  TOTP_LOCKED,
  PASSKEY_ADDED,
  PASSKEY_REMOVED,
  PASSKEY_COPY_REFUSED,
  ADDED_FACTORS_REMOVED,
  REMOVAL_ANNOUNCED,
  REMOVAL_ANNOUNCED_DESPITE_USE,
  LOST_FACTORS_REMOVED,
  RECOVERY_CODES_RENEWED,
  RECOVERY_CODE_USED
}
