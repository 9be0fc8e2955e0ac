package io.cpdevents.notification.disputes;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the mails about the end of a dispute or an inquiry show. */
record EndedDispute(
    String title, String reference, String amount, URI dispute, @Nullable String organization) {

  static EndedDispute of(RegistrationContent content, Money amount, URI dispute, Wording wording) {
    return new EndedDispute(
        wording.title(content.event().title()),
        wording.line(content.reference()),
        wording.money(amount),
        dispute,
        wording.lineOrNull(content.event().organizer()));
  }
}
