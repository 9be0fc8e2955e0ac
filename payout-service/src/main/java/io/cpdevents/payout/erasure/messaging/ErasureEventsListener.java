package io.cpdevents.payout.erasure.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.ErasureEvent;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureCalledOff;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureReceiptSigned;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureRequested;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.platform.erasure.ErasureTasks;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to whom accounts-service erases. */
@Component
class ErasureEventsListener {

  private final Inbox.Subscription<ErasureEvent> subscription;
  private final ErasureTasks tasks;

  ErasureEventsListener(Inbox inbox, ErasureTasks tasks) {
    this.tasks = tasks;
    this.subscription =
        inbox
            .subscribe(ErasureEvent.class, this::handle, Topic.ACCOUNTS_ERASURES)
            .ignoring(
                Set.of(ErasureRequested.class, ErasureCalledOff.class, ErasureReceiptSigned.class));
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_ERASURES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(ErasureEvent event) {
    switch (event) {
      case ErasureStarted started -> tasks.add(started);
      // Nothing is forgotten before it has begun, and the receipt is for the person.
      case ErasureRequested _, ErasureCalledOff _, ErasureReceiptSigned _ -> {}
    }
  }
}
