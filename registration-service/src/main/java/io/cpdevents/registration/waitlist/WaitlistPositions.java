package io.cpdevents.registration.waitlist;

import io.cpdevents.registration.waitlist.WaitlistChange.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells an entry's positions from what has happened to it and to the others of its event. */
final class WaitlistPositions {

  private WaitlistPositions() {}

  /**
   * A row of the history of an event's list.
   *
   * @param waitedAt its rank before, if it waited; else null
   * @param waitsAt its rank after, if it waits; else null
   * @param position after it; null when it does not wait
   */
  record Step(
      UUID entryId,
      Instant at,
      String trigger,
      @Nullable BigDecimal waitedAt,
      @Nullable BigDecimal waitsAt,
      @Nullable Integer position,
      @Nullable String note) {

    private Reason own() {
      return switch (trigger) {
        case "joined" -> Reason.JOINED;
        case "places-offered" -> Reason.OFFERED;
        case "offer-accepted" -> Reason.ACCEPTED;
        case "let-go" -> Reason.LEFT;
        case "offer-ended" -> Reason.OFFER_EXPIRED;
        case "moved" -> Reason.MOVED;
        case "put-behind" -> Reason.PUT_BEHIND;
        case "event-ended" -> Reason.EVENT_ENDED;
        default -> throw new IllegalStateException(trigger);
      };
    }

    private Reason others() {
      return switch (trigger) {
        case "places-offered" -> Reason.OTHER_OFFERED;
        case "moved", "put-behind" -> Reason.OTHER_MOVED;
        case "joined" -> Reason.OTHER_JOINED;
        default -> Reason.OTHER_LEFT;
      };
    }

    private static int before(@Nullable BigDecimal rank, BigDecimal other) {
      return rank != null && rank.compareTo(other) < 0 ? 1 : 0;
    }

    /** By how much it changes the position of another one that waits. */
    private int shift(BigDecimal other) {
      return before(waitsAt, other) - before(waitedAt, other);
    }
  }

  /**
   * What has changed an entry and its position, the oldest first.
   *
   * @param steps of the event from the entry's joining on, the oldest first
   */
  static List<WaitlistChange> of(UUID entryId, List<Step> steps) {
    List<WaitlistChange> changes = new ArrayList<>();
    BigDecimal rank = null;
    int position = 0;
    for (Step step : steps) {
      if (step.entryId().equals(entryId)) {
        rank = step.waitsAt();
        position = step.position() == null ? 0 : step.position();
        changes.add(new WaitlistChange(step.at(), step.position(), step.own(), step.note()));
      } else if (rank != null && step.shift(rank) != 0) {
        position += step.shift(rank);
        changes.add(new WaitlistChange(step.at(), position, step.others(), null));
      }
    }
    return changes;
  }
}
