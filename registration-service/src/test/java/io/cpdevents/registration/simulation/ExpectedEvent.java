package io.cpdevents.registration.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as it should be. It counts its places from what it has, and keeps no counter. */
final class ExpectedEvent {

  private static final Duration MIN_OFFER_TIME = Duration.ofMinutes(15);

  /** What tickets are sold of. */
  static final class Type {
    final UUID id;
    final long priceMinor;
    @Nullable Integer quota;
    @Nullable Instant saleClosesAt;

    Type(UUID id, long priceMinor, @Nullable Integer quota) {
      this.id = id;
      this.priceMinor = priceMinor;
      this.quota = quota;
    }
  }

  /** A limit that types share. */
  static final class Quota {
    final UUID id;
    int capacity;
    Set<UUID> types;

    Quota(UUID id, int capacity, Set<UUID> types) {
      this.id = id;
      this.capacity = capacity;
      this.types = types;
    }
  }

  /** When and where it takes place from some time on. */
  record Place(Instant since, Instant startsAt, Instant endsAt, String venue) {

    boolean isSameAs(Place other) {
      return startsAt.equals(other.startsAt)
          && endsAt.equals(other.endsAt)
          && venue.equals(other.venue);
    }
  }

  final UUID id;
  final UUID organizationId;
  final boolean limitsHolds;
  final int holdMinutes;
  final int offerMinutes;
  final int fullRefundHours;
  final Map<UUID, Type> types = new LinkedHashMap<>();
  final Map<UUID, Quota> quotas = new LinkedHashMap<>();
  final List<ExpectedRegistration> registrations = new ArrayList<>();
  final List<ExpectedEntry> entries = new ArrayList<>();

  /** Those who wait, the first one first. */
  final List<ExpectedEntry> queue = new ArrayList<>();

  /** The present one is the last. */
  final List<Place> places = new ArrayList<>();

  int capacity;
  @Nullable Integer perAccountLimit;
  @Nullable Instant cancelledAt;
  int keepsBasisPoints;
  boolean cancellationDone;

  ExpectedEvent(
      UUID id,
      UUID organizationId,
      boolean limitsHolds,
      int holdMinutes,
      int offerMinutes,
      int fullRefundHours) {
    this.id = id;
    this.organizationId = organizationId;
    this.limitsHolds = limitsHolds;
    this.holdMinutes = holdMinutes;
    this.offerMinutes = offerMinutes;
    this.fullRefundHours = fullRefundHours;
  }

  Place place() {
    return places.getLast();
  }

  boolean isCancelled() {
    return cancelledAt != null;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(place().endsAt());
  }

  boolean hasStarted(Instant now) {
    return !now.isBefore(place().startsAt());
  }

  /** How many places of these types are held, confirmed or offered. */
  int taken(Set<UUID> ofTypes) {
    int taken = 0;
    for (ExpectedRegistration each : registrations) {
      if (each.isLive()) {
        taken += (int) each.valid().filter(ticket -> ofTypes.contains(ticket.typeId)).count();
      }
    }
    for (ExpectedEntry each : entries) {
      if (each.status.equals("offered")) {
        taken += each.wanted(ofTypes);
      }
    }
    return taken;
  }

  int taken() {
    return taken(types.keySet());
  }

  /** How many live registrations an account has. */
  long registrationsOf(UUID account) {
    return registrations.stream()
        .filter(each -> each.isLive() && each.account.equals(account))
        .count();
  }

  /** How many holds an account has. */
  long holdsOf(UUID account) {
    return registrations.stream()
        .filter(each -> each.status.equals("held") && each.account.equals(account))
        .count();
  }

  /** Whether all of these places are left, of an event that takes place. */
  boolean has(Map<UUID, Integer> wanted, Instant now) {
    int all = wanted.values().stream().mapToInt(Integer::intValue).sum();
    if (isCancelled() || isOver(now) || taken() + all > capacity) {
      return false;
    }
    for (Map.Entry<UUID, Integer> each : wanted.entrySet()) {
      Integer quota = type(each.getKey()).quota;
      if (quota != null && taken(Set.of(each.getKey())) + each.getValue() > quota) {
        return false;
      }
    }
    for (Quota quota : quotas.values()) {
      int ofQuota = 0;
      for (UUID type : quota.types) {
        ofQuota += wanted.getOrDefault(type, 0);
      }
      if (ofQuota > 0 && taken(quota.types) + ofQuota > quota.capacity) {
        return false;
      }
    }
    return true;
  }

  Type type(UUID typeId) {
    return Objects.requireNonNull(types.get(typeId));
  }

  boolean isClosed(Set<UUID> typeIds, Instant now) {
    return typeIds.stream()
        .map(typeId -> type(typeId).saleClosesAt)
        .anyMatch(closes -> closes != null && !now.isBefore(closes));
  }

  /** What an entry that waits would be given now. */
  boolean fits(ExpectedEntry entry, Instant now) {
    return has(entry.wanted, now) && !isClosed(entry.wanted.keySet(), now);
  }

  /** Whatever is left belongs to the first who waits and can use it. */
  void offerWhatIsLeft(Instant now) {
    for (ExpectedEntry entry : List.copyOf(queue)) {
      if (fits(entry, now)) {
        entry.offered(offerEnd(now));
        queue.remove(entry);
      }
    }
  }

  private Instant offerEnd(Instant now) {
    Duration half = Duration.between(now, place().startsAt()).dividedBy(2);
    Duration chosen = Duration.ofMinutes(offerMinutes);
    Duration time = half.compareTo(chosen) < 0 ? half : chosen;
    Instant end = now.plus(time.compareTo(MIN_OFFER_TIME) < 0 ? MIN_OFFER_TIME : time);
    return end.isAfter(place().endsAt()) ? place().endsAt() : end;
  }

  /** All types that share something with another. */
  Set<UUID> sharedTypes() {
    Set<UUID> shared = new HashSet<>();
    quotas.values().forEach(quota -> shared.addAll(quota.types));
    return shared;
  }
}
