package io.cpdevents.registration.disputes;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A buyer's bank disputes a payment: while it takes all of the money, and after it has won, the
 * tickets let nobody in.
 */
@Component
public class FollowDispute {

  private final Disputes disputes;
  private final Clock clock;

  FollowDispute(Disputes disputes, Clock clock) {
    this.disputes = disputes;
    this.clock = clock;
  }

  /** What has happened to a dispute. */
  public sealed interface Command {
    UUID disputeId();
  }

  /**
   * It began.
   *
   * @param inquiry whether the bank only asks, and no money moves
   * @param wholePayment whether it is about all that is left of the payment
   */
  public record Opened(
      UUID disputeId, UUID paymentId, UUID registrationId, boolean inquiry, boolean wholePayment)
      implements Command {}

  /** An inquiry became a dispute that takes money. */
  public record Escalated(UUID disputeId, boolean wholePayment) implements Command {}

  /**
   * It ended.
   *
   * @param lost whether the money stays with the buyer
   */
  public record Closed(UUID disputeId, boolean lost) implements Command {}

  /**
   * Notes what has happened.
   *
   * @throws IllegalStateException when a dispute goes on that has never begun: the message is
   *     parked for a person to look at
   */
  @Transactional
  public void handle(Command command) {
    Instant now = clock.instant();
    switch (command) {
      case Opened opened -> disputes.insert(Dispute.opened(opened, now));
      case Escalated escalated ->
          lock(escalated).escalate(escalated.wholePayment(), now).ifPresent(disputes::save);
      case Closed closed -> close(closed, now);
    }
  }

  /**
   * A dispute that was prevented before it opened is not known here: only its end is published, and
   * that changes nothing.
   */
  private void close(Closed closed, Instant now) {
    if (closed.lost()) {
      lock(closed).close(true, now).ifPresent(disputes::save);
    } else {
      disputes
          .lock(closed.disputeId())
          .flatMap(known -> known.close(false, now))
          .ifPresent(disputes::save);
    }
  }

  private Dispute lock(Command command) {
    return disputes
        .lock(command.disputeId())
        .orElseThrow(() ->
            new IllegalStateException(
                "dispute %s goes on, and has never begun".formatted(command.disputeId())));
  }
}
