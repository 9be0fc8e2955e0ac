package io.cpdevents.notification.refunds;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;

/** What the mails about a refund that failed, at once or after it had succeeded, show. */
record FailedRefund(
    String title, String reference, String amount, String why, boolean retried, URI registration) {

  static FailedRefund of(
      RegistrationContent content,
      Money amount,
      RefundFailureReason reason,
      boolean retried,
      URI registration,
      Wording wording) {
    return new FailedRefund(
        wording.title(content.event().title()),
        wording.line(content.reference()),
        wording.money(amount),
        wording.phrase(reason),
        retried,
        registration);
  }
}
