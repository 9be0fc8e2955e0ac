package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** How a person's erasure goes. It names nobody: the account's id is all that it says of them. */
public sealed interface ErasureEvent extends Event {

  UUID accountId();

  UUID erasureId();

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_ERASURES;
  }

  @Override
  default String key() {
    return accountId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("accountId", accountId().toString(), "erasureId", erasureId().toString());
  }

  /**
   * The person has asked for it.
   *
   * @param dueAt until when it can be called off
   */
  record ErasureRequested(UUID accountId, UUID erasureId, Instant requestedAt, Instant dueAt)
      implements ErasureEvent {}

  /** The person has thought better of it. */
  record ErasureCalledOff(UUID accountId, UUID erasureId, Instant calledOffAt)
      implements ErasureEvent {}

  /**
   * It cannot be called off any more: each service forgets what it may about the person and answers
   * by {@code ErasureAnswered}. The name and address that it needs for that are asked of
   * accounts-service.
   */
  record ErasureStarted(UUID accountId, UUID erasureId, Instant startedAt)
      implements ErasureEvent {}

  /**
   * All have answered and the receipt is signed: it is the last mail to the person, after which the
   * address is forgotten too.
   */
  record ErasureReceiptSigned(UUID accountId, UUID erasureId, Instant signedAt)
      implements ErasureEvent {}
}
