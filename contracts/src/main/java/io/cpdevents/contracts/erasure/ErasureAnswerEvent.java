package io.cpdevents.contracts.erasure;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What services answer to accounts-service, which erases a person. */
public sealed interface ErasureAnswerEvent extends Event {

  UUID accountId();

  UUID erasureId();

  String service();

  @Override
  default Topic topic() {
    return Topic.named(service() + ".erasure-answers.v1");
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
   * The service has forgotten what it may.
   *
   * @param service {@code registration}, {@code billing}, {@code payout} or {@code notification};
   *     it decides the topic
   * @param kept what it still has
   */
  record ErasureAnswered(
      UUID accountId, UUID erasureId, String service, Instant answeredAt, List<Kept> kept)
      implements ErasureAnswerEvent {}

  /**
   * The mail with the receipt is settled: it was sent, or the mail server will never take it.
   *
   * @param service {@code notification}
   */
  record ErasureReceiptMailed(UUID accountId, UUID erasureId, String service, Instant settledAt)
      implements ErasureAnswerEvent {}

  /** Something that is kept, and on what ground. */
  record Kept(KeptRecord what, KeptGround ground) {}
}
