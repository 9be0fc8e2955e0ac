package io.cpdevents.notification.mails;

import io.cpdevents.contracts.ContractsJson;
import java.util.Arrays;

/** The mails there are. Each has a text and an HTML template and its lines in the bundle. */
public enum MailTemplate {
  /** The link that proves that an address is the person's. Cause: the request's id. */
  EMAIL_VERIFICATION,
  /** The places are the buyer's; with the tickets. Cause: the registration. */
  REGISTRATION_CONFIRMATION,
  /** The money came when no place was left, and goes back. Cause: the refund. */
  PAYMENT_TOO_LATE;

  /** The name in the database, in the API and of the template files. */
  public String code() {
    return ContractsJson.kebabCase(this);
  }

  static MailTemplate of(String code) {
    return Arrays.stream(values())
        .filter(template -> template.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no mail template is named " + code));
  }
}
