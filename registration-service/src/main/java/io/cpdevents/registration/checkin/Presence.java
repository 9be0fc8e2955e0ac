package io.cpdevents.registration.checkin;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When somebody was there with a ticket, as all of its scans together say: they are read in the
 * order of their times, and the first one in counts. So it is the same in whatever order, and
 * however often, scanners that were offline upload what they have seen.
 *
 * @param results what each scan means, by its id
 * @param entries by which scan somebody was inside when a scan came too late, by its id
 * @param first the scan with which somebody came in for the first time; null when nobody has
 * @param entry the scan with which somebody came in who is inside; null when nobody is
 * @param exit the last scan with which somebody has left; null when nobody has
 * @param last the latest scan that counts; null without any
 */
record Presence(
    Map<UUID, ScanResult> results,
    Map<UUID, Scan> entries,
    @Nullable Scan first,
    @Nullable Scan entry,
    @Nullable Scan exit,
    @Nullable Scan last) {

  private static final Duration NEXT_TIME = Duration.ofMillis(1);

  /** What these scans of one ticket say. */
  static Presence of(Collection<Scan> scans) {
    List<Scan> inOrder = scans.stream().sorted(Scan.IN_ORDER).toList();
    Map<UUID, ScanResult> results = new HashMap<>();
    Map<UUID, Scan> entries = new HashMap<>();
    Scan first = null;
    Scan entry = null;
    Scan exit = null;
    Scan last = null;
    for (Scan scan : inOrder) {
      if (scan.isUndone()) {
        results.put(scan.id(), ScanResult.UNDONE);
        continue;
      }
      last = scan;
      if (scan.direction() == ScanDirection.IN) {
        if (entry == null) {
          entry = scan;
          first = Objects.requireNonNullElse(first, scan);
          results.put(scan.id(), ScanResult.CHECKED_IN);
        } else {
          entries.put(scan.id(), entry);
          results.put(scan.id(), ScanResult.ALREADY_CHECKED_IN);
        }
      } else if (entry == null) {
        results.put(scan.id(), ScanResult.NOT_CHECKED_IN);
      } else {
        entry = null;
        exit = scan;
        results.put(scan.id(), ScanResult.CHECKED_OUT);
      }
    }
    return new Presence(Map.copyOf(results), Map.copyOf(entries), first, entry, exit, last);
  }

  /** What these scans say, for each ticket. */
  static Map<UUID, Presence> byTicket(Map<UUID, List<Scan>> scans) {
    return scans.entrySet().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, each -> of(each.getValue())));
  }

  /** The same with one scan more. */
  static Presence of(Collection<Scan> scans, Scan more) {
    List<Scan> all = new ArrayList<>(scans);
    all.add(more);
    return of(all);
  }

  /** Whether somebody is inside. */
  boolean isInside() {
    return entry != null;
  }

  /** What a scan of the ticket means. */
  ScanResult resultOf(Scan scan) {
    return Objects.requireNonNull(results.get(scan.id()), "the scan is of another ticket");
  }

  /** By which scan somebody was inside when this one came too late; empty when it did not. */
  Optional<Scan> entryBefore(Scan scan) {
    return Optional.ofNullable(entries.get(scan.id()));
  }

  /** When somebody came for the first time; null when nobody has. */
  @Nullable Instant checkedInAt() {
    return first == null ? null : first.scannedAt();
  }

  /**
   * The time of a scan at this moment: after all that are known, though the clock of another
   * instance, or of a scanner, may be a little ahead.
   */
  Instant nextTime(Instant now) {
    return last == null || last.scannedAt().isBefore(now) ? now : last.scannedAt().plus(NEXT_TIME);
  }
}
