package io.cpdevents.registration.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final Duration OFFERS_COUNT = Duration.ofDays(7);
  private static final int MIN_LET_GO = 2;

  /** So many places one account may hold unpaid, however few are left. */
  private static final int MIN_PLACES = 5;

  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal RANK_OF_THE_LAST = BigDecimal.TEN.pow(15);

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

  /** Those who wait, the first one first. */
  List<ExpectedEntry> queue() {
    return entries.stream()
        .filter(entry -> entry.status.equals("waiting"))
        .sorted(Comparator.comparing(entry -> entry.rank))
        .toList();
  }

  /** The rank of who joins, behind all but those who are served last. */
  BigDecimal rankBehindAll() {
    return entries.stream()
        .map(entry -> entry.rank)
        .filter(rank -> rank.compareTo(RANK_OF_THE_LAST) <= 0)
        .max(Comparator.naturalOrder())
        .orElse(BigDecimal.ZERO)
        .add(BigDecimal.ONE);
  }

  /** The rank right before another one that waits. */
  BigDecimal rankBefore(ExpectedEntry next, ExpectedEntry moved) {
    return queue().stream()
        .filter(entry -> !entry.equals(moved) && entry.rank.compareTo(next.rank) < 0)
        .map(entry -> entry.rank)
        .max(Comparator.naturalOrder())
        .map(rank -> rank.add(next.rank).multiply(HALF))
        .orElse(next.rank.subtract(BigDecimal.ONE));
  }

  /** Which position a rank has among the others that wait; 1 is the first. */
  int position(BigDecimal rank, ExpectedEntry of) {
    return 1
        + (int)
            queue().stream()
                .filter(entry -> !entry.equals(of) && entry.rank.compareTo(rank) < 0)
                .count();
  }

  /** What an entry that waits would be given now: nor more than an unpaid hold may be. */
  boolean fits(ExpectedEntry entry, Instant now) {
    return has(entry.wanted, now)
        && !isClosed(entry.wanted.keySet(), now)
        && (isFree(entry) || keepsToHolds(entry));
  }

  private boolean isFree(ExpectedEntry entry) {
    return entry.wanted.keySet().stream().allMatch(typeId -> type(typeId).priceMinor == 0);
  }

  private boolean keepsToHolds(ExpectedEntry entry) {
    int unpaid =
        registrations.stream()
            .filter(each -> each.status.equals("held") && each.account.equals(entry.account))
            .mapToInt(each -> each.tickets.size())
            .sum();
    int most = Math.max(MIN_PLACES, share(capacity - taken() + unpaid));
    return unpaid + entry.places() <= most;
  }

  /** How much of so many places one account may hold unpaid. */
  private int share(int places) {
    return limitsHolds ? Math.ceilDiv(places, 2) : places;
  }

  /**
   * Whatever is left belongs to the first who waits and can use it; who has let two offers go
   * within a week is served after all others, and then with no more than a share.
   */
  void offerWhatIsLeft(Instant now) {
    for (ExpectedEntry entry = next(null, now); entry != null; ) {
      BigDecimal rank = entry.rank;
      if (!standsBack(entry, now)) {
        entry.offered(isLast(rank) ? shortOfferEnd(now) : offerEnd(now));
      }
      entry = next(rank, now);
    }
  }

  private @Nullable ExpectedEntry next(@Nullable BigDecimal behind, Instant now) {
    return queue().stream()
        .filter(entry -> behind == null || entry.rank.compareTo(behind) > 0)
        .filter(entry -> fits(entry, now))
        .findFirst()
        .orElse(null);
  }

  private boolean standsBack(ExpectedEntry entry, Instant now) {
    if (isLast(entry.rank)) {
      return entry.places() > Math.max(1, share(capacity - taken()));
    }
    if (entry.putBehind || !letsOffersGo(entry.account, now)) {
      return false;
    }
    entry.putBehind = true;
    entry.rank =
        entries.stream()
            .map(each -> each.rank)
            .max(Comparator.naturalOrder())
            .orElse(RANK_OF_THE_LAST)
            .max(RANK_OF_THE_LAST)
            .add(BigDecimal.ONE);
    return true;
  }

  private static boolean isLast(BigDecimal rank) {
    return rank.compareTo(RANK_OF_THE_LAST) > 0;
  }

  private boolean letsOffersGo(UUID account, Instant now) {
    return entries.stream()
            .filter(each -> each.account.equals(account) && each.wasLetGo(now.minus(OFFERS_COUNT)))
            .count()
        >= MIN_LET_GO;
  }

  private Instant shortOfferEnd(Instant now) {
    Instant end = now.plus(MIN_OFFER_TIME);
    return end.isAfter(place().endsAt()) ? place().endsAt() : end;
  }

  private Instant offerEnd(Instant now) {
    Duration half = Duration.between(now, place().startsAt()).dividedBy(2);
    Duration chosen = Duration.ofMinutes(offerMinutes);
    Duration time = half.compareTo(chosen) < 0 ? half : chosen;
    Instant end = now.plus(time.compareTo(MIN_OFFER_TIME) < 0 ? MIN_OFFER_TIME : time);
    return end.isAfter(place().endsAt()) ? place().endsAt() : end;
  }
}
