package io.cpdevents.registration.simulation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who waits, as it should be. */
final class ExpectedEntry {

  final UUID id;
  final ExpectedEvent event;
  final UUID account;
  final Map<UUID, Integer> wanted;

  /** What should have been told of it. */
  final List<String> told = new ArrayList<>();

  final Instant joinedAt;
  String status = "waiting";
  BigDecimal rank;
  boolean putBehind;
  @Nullable Instant offerEndsAt;

  /** What the offer became. */
  @Nullable ExpectedRegistration registration;

  ExpectedEntry(
      UUID id, ExpectedEvent event, UUID account, Map<UUID, Integer> wanted, Instant now) {
    this.id = id;
    this.event = event;
    this.account = account;
    this.wanted = wanted;
    this.joinedAt = now;
    this.rank = event.rankBehindAll();
  }

  int places() {
    return wanted.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether an offer of after this time was not taken, or what it became not paid. */
  boolean wasLetGo(Instant since) {
    if (offerEndsAt == null || !offerEndsAt.isAfter(since)) {
      return false;
    }
    return status.equals("declined")
        || status.equals("expired")
        || (registration != null && !registration.isLive() && registration.confirmedAt == null);
  }

  boolean isLive() {
    return status.equals("waiting") || status.equals("offered");
  }

  int wanted(Set<UUID> ofTypes) {
    return wanted.entrySet().stream()
        .filter(each -> ofTypes.contains(each.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  void offered(Instant end) {
    status = "offered";
    offerEndsAt = end;
    told.add("offered until " + end);
  }

  /** It waits no more, for whatever reason. */
  void ends(String newStatus) {
    status = newStatus;
  }

  boolean isDue(Instant now) {
    return status.equals("offered") && offerEndsAt != null && !now.isBefore(offerEndsAt);
  }
}
