package io.cpdevents.accounts.erasure.messaging;

import io.cpdevents.accounts.erasure.AcceptErasureAnswer;
import io.cpdevents.accounts.erasure.FinishErasure;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureAnswered;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureReceiptMailed;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to what services answer about people who are erased. */
@Component
class ErasureAnswersListener {

  private final Inbox.Subscription<ErasureAnswerEvent> subscription;
  private final AcceptErasureAnswer acceptErasureAnswer;
  private final FinishErasure finishErasure;

  ErasureAnswersListener(
      Inbox inbox, AcceptErasureAnswer acceptErasureAnswer, FinishErasure finishErasure) {
    this.acceptErasureAnswer = acceptErasureAnswer;
    this.finishErasure = finishErasure;
    this.subscription =
        inbox
            .subscribe(
                ErasureAnswerEvent.class,
                this::handle,
                Topic.REGISTRATION_ERASURE_ANSWERS,
                Topic.BILLING_ERASURE_ANSWERS,
                Topic.PAYOUT_ERASURE_ANSWERS,
                Topic.NOTIFICATION_ERASURE_ANSWERS)
            // These lock erasures and accounts, which others lock too.
            .inOwnTransaction(Set.of(ErasureAnswered.class, ErasureReceiptMailed.class));
  }

  @KafkaListener(
      topics = {
        Topic.Names.REGISTRATION_ERASURE_ANSWERS,
        Topic.Names.BILLING_ERASURE_ANSWERS,
        Topic.Names.PAYOUT_ERASURE_ANSWERS,
        Topic.Names.NOTIFICATION_ERASURE_ANSWERS
      })
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(ErasureAnswerEvent event) {
    switch (event) {
      case ErasureAnswered answered ->
          acceptErasureAnswer.handle(
              new AcceptErasureAnswer.Command(
                  answered.erasureId(),
                  answered.service(),
                  answered.answeredAt(),
                  answered.kept()));
      case ErasureReceiptMailed mailed ->
          finishErasure.handle(mailed.erasureId(), mailed.accountId());
    }
  }
}
