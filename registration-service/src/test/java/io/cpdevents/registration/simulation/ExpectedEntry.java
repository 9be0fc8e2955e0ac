package io.cpdevents.registration.simulation;

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

  String status = "waiting";
  @Nullable Instant offerEndsAt;

  ExpectedEntry(UUID id, ExpectedEvent event, UUID account, Map<UUID, Integer> wanted) {
    this.id = id;
    this.event = event;
    this.account = account;
    this.wanted = wanted;
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
    event.queue.remove(this);
  }

  boolean isDue(Instant now) {
    return status.equals("offered") && offerEndsAt != null && !now.isBefore(offerEndsAt);
  }
}
