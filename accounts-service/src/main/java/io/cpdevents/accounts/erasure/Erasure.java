package io.cpdevents.accounts.erasure;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.erasure.ErasureStatus.Trigger;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.state.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of a person.
 *
 * @param dueAt until when it can be called off
 * @param startedAt since when services forget the person; null before
 * @param receipt the signed receipt; null before all have answered
 * @param endedAt when it was called off or done
 */
record Erasure(
    UUID id,
    UUID accountId,
    ErasureStatus status,
    Instant requestedAt,
    Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable String receipt,
    @Nullable Instant receiptSignedAt,
    @Nullable Instant endedAt) {

  /** The time to think: a mail tells the owner, who may not be the one who has asked. */
  static final Duration WAITING_TIME = Duration.ofDays(14);

  /** The services that are asked, beside this one. */
  static final Set<String> SERVICES = Set.of("registration", "billing", "payout", "notification");

  static Erasure requested(UUID id, UUID accountId, Instant now) {
    return new Erasure(
        id, accountId, ErasureStatus.WAITING, now, now.plus(WAITING_TIME), null, null, null, null);
  }

  /**
   * The person calls it off.
   *
   * @return empty when it was called off before
   * @throws RuleViolation 409 {@code erasure-under-way} when it cannot be called off any more
   */
  Optional<Erasure> calledOff(Instant now) {
    if (startedAt != null) {
      throw AccountsProblem.ERASURE_UNDER_WAY.violation();
    }
    return on(Trigger.CALLED_OFF, ErasureStatus.CALLED_OFF, startedAt, receipt, now);
  }

  /** Whether the time to think is over, and it was not called off. */
  boolean isDue(Instant now) {
    return status == ErasureStatus.WAITING && !dueAt.isAfter(now);
  }

  /** The services are asked to forget the person; empty when it was called off or runs already. */
  Optional<Erasure> started(Instant now) {
    return on(Trigger.DUE, ErasureStatus.RUNNING, now, receipt, now);
  }

  /** A service has answered, and others have not; empty when it is too late for an answer. */
  Optional<Erasure> answered(Instant now) {
    return on(Trigger.ANSWERED, ErasureStatus.RUNNING, startedAt, receipt, now);
  }

  /** All have answered. */
  Optional<Erasure> signed(String signedReceipt, Instant now) {
    return on(Trigger.ANSWERED, ErasureStatus.RECEIPT_SIGNED, startedAt, signedReceipt, now);
  }

  /** The last mail is settled; empty when that was told before. */
  Optional<Erasure> done(Instant now) {
    return on(Trigger.RECEIPT_MAILED, ErasureStatus.DONE, startedAt, receipt, now);
  }

  private Optional<Erasure> on(
      Trigger trigger,
      ErasureStatus to,
      @Nullable Instant nextStartedAt,
      @Nullable String nextReceipt,
      Instant now) {
    return switch (next(trigger, to)) {
      case Outcome.Changed<ErasureStatus> changed ->
          Optional.of(
              new Erasure(
                  id,
                  accountId,
                  changed.to(),
                  requestedAt,
                  dueAt,
                  nextStartedAt,
                  nextReceipt,
                  to == ErasureStatus.RECEIPT_SIGNED ? now : receiptSignedAt,
                  to == ErasureStatus.CALLED_OFF || to == ErasureStatus.DONE ? now : null));
      case Outcome.Ignored<ErasureStatus> _ -> Optional.empty();
    };
  }

  /** An answer is the last one or not; everything else leads to one state. */
  private Outcome<ErasureStatus> next(Trigger trigger, ErasureStatus to) {
    return status == ErasureStatus.RUNNING && trigger == Trigger.ANSWERED
        ? ErasureStatus.TRANSITIONS.next(status, trigger, to)
        : ErasureStatus.TRANSITIONS.next(status, trigger);
  }
}
