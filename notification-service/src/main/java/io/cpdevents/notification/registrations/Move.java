package io.cpdevents.notification.registrations;

import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.writing.Wording;
import org.jspecify.annotations.Nullable;

/** What all mails about an event that was moved show. */
record Move(
    String title,
    String when,
    @Nullable String venue,
    boolean online,
    String before,
    @Nullable String venueBefore,
    boolean onlineBefore,
    @Nullable String organizer) {

  static Move of(KnownPlace known, EventContent event, Wording wording) {
    return new Move(
        wording.title(event.title()),
        wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
        wording.lineOrNull(event.venue()),
        event.isOnline(),
        wording.period(known.startsAt(), known.endsAt(), event.timeZone()),
        wording.lineOrNull(known.venue()),
        known.isOnline(),
        wording.lineOrNull(event.organizer()));
  }
}
