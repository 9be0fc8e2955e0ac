package io.cpdevents.registration.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A registration as it should be, with what should have been told of it. */
final class ExpectedRegistration {

  private static final Duration MIN_REMAINING_TIME = Duration.ofMinutes(10);
  private static final Duration PROCESSING_HOLD = Duration.ofDays(5);

  /** Somebody through a door. */
  static final class Scan {
    final Instant at;
    final boolean in;
    final UUID by;
    boolean undone;

    Scan(Instant at, boolean in, UUID by) {
      this.at = at;
      this.in = in;
      this.by = by;
    }
  }

  /** One of its tickets. */
  static final class Ticket {
    final UUID id;
    final UUID typeId;
    final long totalMinor;
    String code;
    int changes;
    @Nullable Instant cancelledAt;
    final List<Scan> scans = new ArrayList<>();

    /** Codes that it had, and until when. */
    final Map<String, Instant> formerCodes = new HashMap<>();

    Ticket(UUID id, UUID typeId, long totalMinor, String code) {
      this.id = id;
      this.typeId = typeId;
      this.totalMinor = totalMinor;
      this.code = code;
    }

    /** When somebody first came in with it, of what was not undone; null when nobody did. */
    @Nullable Instant checkedInAt() {
      return inOrder().filter(scan -> scan.in).findFirst().map(scan -> scan.at).orElse(null);
    }

    boolean isInside() {
      boolean inside = false;
      for (Scan scan : inOrder().toList()) {
        inside = scan.in;
      }
      return inside;
    }

    private Stream<Scan> inOrder() {
      return scans.stream()
          .filter(scan -> !scan.undone)
          .sorted(
              java.util.Comparator.<Scan, Instant>comparing(scan -> scan.at)
                  .thenComparing(scan -> !scan.in));
    }
  }

  final UUID id;
  final ExpectedEvent event;
  final UUID account;
  final long totalMinor;
  final Instant createdAt;
  final @Nullable ExpectedCode code;
  final Map<UUID, Ticket> tickets = new LinkedHashMap<>();
  final Set<UUID> refundedPayments = new HashSet<>();

  /** Whole payments that a bank has taken, and since when; one that it gave back is none. */
  final Map<UUID, Instant> disputed = new HashMap<>();

  /** What should have been told of it. */
  final List<String> told = new ArrayList<>();

  String status;
  @Nullable UUID paymentId;
  @Nullable Instant holdEndsAt;
  @Nullable Instant extendedFrom;
  boolean retryGiven;
  @Nullable Instant confirmedAt;

  ExpectedRegistration(
      UUID id,
      ExpectedEvent event,
      UUID account,
      long totalMinor,
      @Nullable ExpectedCode code,
      Instant now,
      @Nullable Instant holdEndsAt) {
    this.id = id;
    this.event = event;
    this.account = account;
    this.totalMinor = totalMinor;
    this.code = code;
    this.createdAt = now;
    this.holdEndsAt = holdEndsAt;
    this.status = holdEndsAt == null ? "confirmed" : "held";
    this.confirmedAt = holdEndsAt == null ? now : null;
    told.add(holdEndsAt == null ? "confirmed by null" : "held until " + holdEndsAt);
  }

  boolean isLive() {
    return status.equals("held") || status.equals("confirmed");
  }

  Stream<Ticket> valid() {
    return tickets.values().stream().filter(ticket -> ticket.cancelledAt == null);
  }

  Map<UUID, Integer> wanted() {
    return tickets.values().stream()
        .collect(Collectors.groupingBy(ticket -> ticket.typeId, Collectors.summingInt(_ -> 1)));
  }

  boolean knows(UUID payment) {
    return payment.equals(paymentId) || refundedPayments.contains(payment);
  }

  /** Money has come; when it has expired the places may be taken again if they are left. */
  void captured(UUID payment, BooleanSupplier placesLeft, Instant now) {
    if (knows(payment)) {
      return;
    }
    if (status.equals("held") || (status.equals("expired") && placesLeft.getAsBoolean())) {
      status = "confirmed";
      paymentId = payment;
      confirmedAt = now;
      told.add("confirmed by " + payment);
    } else {
      refundedPayments.add(payment);
      told.add(
          "refund of %s: %s"
              .formatted(payment, status.equals("confirmed") ? "paid-twice" : "payment-too-late"));
    }
  }

  void processing(Instant now) {
    if (status.equals("held") && holdEndsAt != null) {
      extendedFrom = extendedFrom == null ? holdEndsAt : extendedFrom;
      Instant end = now.plus(PROCESSING_HOLD);
      holdEndsAt = end.isAfter(holdEndsAt) ? end : holdEndsAt;
    }
  }

  void failedAfterProcessing(Instant now) {
    if (status.equals("held") && extendedFrom != null) {
      Instant soonest = now.plus(MIN_REMAINING_TIME);
      if (extendedFrom.isBefore(soonest)) {
        holdEndsAt = soonest;
        retryGiven = true;
      } else {
        holdEndsAt = extendedFrom;
      }
      extendedFrom = null;
      told.add("hold ends at " + holdEndsAt);
    }
  }

  void failedAtOnce(Instant now) {
    Instant soonest = now.plus(MIN_REMAINING_TIME);
    if (status.equals("held") && holdEndsAt != null && !retryGiven && soonest.isAfter(holdEndsAt)) {
      holdEndsAt = soonest;
      retryGiven = true;
      told.add("hold ends at " + holdEndsAt);
    }
  }

  boolean isDue(Instant now) {
    return status.equals("held") && holdEndsAt != null && !holdEndsAt.isAfter(now);
  }

  void expires() {
    status = "expired";
    told.add("expired");
  }

  /** These tickets are cancelled; whether money goes back is told with it. */
  void cancelled(List<Ticket> chosen, String cause, boolean refunds, Instant now) {
    boolean wasConfirmed = status.equals("confirmed");
    chosen.forEach(ticket -> ticket.cancelledAt = now);
    if (valid().findAny().isEmpty()) {
      status = "cancelled";
      told.add("cancelled by %s: %d, %s".formatted(cause, chosen.size(), wasConfirmed));
    } else {
      told.add("tickets cancelled by %s: %d".formatted(cause, chosen.size()));
    }
    if (refunds && paymentId != null) {
      refundedPayments.add(paymentId);
      told.add("refund of %s: %s-cancelled".formatted(paymentId, cause));
    }
  }

  /** Whether a ticket lets in by the code that it had then. */
  boolean letsIn(Ticket ticket, String typed, Instant at) {
    Instant codeEnds = ticket.formerCodes.get(typed);
    Instant disputedAt = paymentId == null ? null : disputed.get(paymentId);
    return confirmedAt != null
        && Stream.of(ticket.cancelledAt, event.cancelledAt, codeEnds, disputedAt)
            .allMatch(end -> end == null || at.isBefore(end));
  }
}
