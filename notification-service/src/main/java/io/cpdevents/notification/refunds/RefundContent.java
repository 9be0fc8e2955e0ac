package io.cpdevents.notification.refunds;

import io.cpdevents.notification.registrations.RegistrationContent;
import org.jspecify.annotations.Nullable;

/**
 * The content of the mail about a refund that somebody has requested.
 *
 * @param reason what the organization typed; null when nothing
 */
record RefundContent(RegistrationContent registration, @Nullable String reason) {

  @Override
  public String toString() {
    return "RefundContent[…]";
  }
}
