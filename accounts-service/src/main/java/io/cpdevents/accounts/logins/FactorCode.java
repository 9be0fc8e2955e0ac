package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.secrets.SecretText;

/**
 * What a person types to prove a second factor.
 *
 * @param method {@link LoginMethod#TOTP} or {@link LoginMethod#RECOVERY_CODE}
 */
public record FactorCode(LoginMethod method, SecretText text) {

  /** A code that an authenticator app shows. */
  public static FactorCode totp(SecretText text) {
    return new FactorCode(LoginMethod.TOTP, text);
  }

  /** One of the codes that were written down. */
  public static FactorCode recoveryCode(SecretText text) {
    return new FactorCode(LoginMethod.RECOVERY_CODE, text);
  }

  @Override
  public String toString() {
    return method + " (hidden)";
  }
}
