package io.cpdevents.notification.disputes;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the mails about a new dispute and about a new inquiry show. */
record OpenedDispute(
    String title,
    String reference,
    String amount,
    String reason,
    @Nullable String dueBy,
    URI dispute,
    @Nullable String organization) {

  static OpenedDispute of(
      RegistrationContent content,
      Money amount,
      DisputeReason reason,
      @Nullable Instant dueBy,
      URI dispute,
      Wording wording) {
    return new OpenedDispute(
        wording.title(content.event().title()),
        wording.line(content.reference()),
        wording.money(amount),
        wording.phrase(reason),
        wording.momentOrNull(dueBy),
        dispute,
        wording.lineOrNull(content.event().organizer()));
  }
}
