package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** The due dates of responses: the end of a day, 7 to 21 days later depending on the network. */
final class DueDates {
  static final int MIN_DAYS = 7;
  static final int MAX_DAYS = 21;

  private DueDates() {}

  static int daysOf(StripeObject charge) {
    String brand =
        charge.body().path("payment_method_details").path("card").path("brand").asString("");
    return switch (brand) {
      case "mastercard" -> MAX_DAYS;
      case "amex" -> 14;
      default -> MIN_DAYS;
    };
  }

  /** The last second of the day after this many days. */
  static long after(SandboxClock clock, int days) {
    return clock
        .instant()
        .atOffset(ZoneOffset.UTC)
        .toLocalDate()
        .plusDays(days)
        .atTime(LocalTime.of(23, 59, 59))
        .toEpochSecond(ZoneOffset.UTC);
  }
}
