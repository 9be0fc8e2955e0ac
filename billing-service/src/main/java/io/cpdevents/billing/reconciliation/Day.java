package io.cpdevents.billing.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A day (UTC) of Stripe's balance.
 *
 * @param hash of its lines; null while it is open
 * @param currencies in alphabetical order
 */
record Day(
    LocalDate date,
    @Nullable String hash,
    @Nullable Instant closedAt,
    List<DayFigures> currencies) {

  /** Stripe lists by creation time, and a transaction may appear later than younger ones. */
  private static final Duration LISTING_TIME = Duration.ofHours(1);

  /** Its midnight. */
  static Instant beginningOf(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The midnight after it. */
  static Instant endOf(LocalDate date) {
    return beginningOf(date.plusDays(1));
  }

  /** Before when everything is in Stripe's list when it was read at this time. */
  static Instant listedUntil(Instant readAt) {
    return readAt.minus(LISTING_TIME);
  }

  static LocalDate of(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  boolean isClosed() {
    return hash != null;
  }

  /**
   * What it waits for; empty when it is closed, or can be.
   *
   * @param firstOpen the earliest day that is not closed
   * @param followedUntil until when Stripe's list has been read and everything in it settled
   */
  Optional<WaitsFor> waitsFor(Instant now, LocalDate firstOpen, Optional<Instant> followedUntil) {
    if (isClosed()) {
      return Optional.empty();
    }
    Instant readable = endOf(date).plus(LISTING_TIME);
    if (now.isBefore(readable)) {
      return Optional.of(WaitsFor.END_OF_DAY);
    }
    if (firstOpen.isBefore(date)) {
      return Optional.of(WaitsFor.EARLIER_DAY);
    }
    if (currencies.stream().anyMatch(figures -> figures.openBreaks() > 0)) {
      return Optional.of(WaitsFor.BREAKS);
    }
    if (followedUntil.isEmpty() || followedUntil.get().isBefore(readable)) {
      return Optional.of(WaitsFor.STRIPES_LIST);
    }
    return currencies.stream().anyMatch(figures -> figures.differenceMinor() != 0)
        ? Optional.of(WaitsFor.NO_DIFFERENCE)
        : Optional.empty();
  }
}
