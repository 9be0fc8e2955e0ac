package io.cpdevents.payout.erasure.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.erasure.ErasureTasks;
import io.cpdevents.platform.erasure.StartedErasures;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to whom accounts-service erases. */
@Component
class ErasureEventsListener {

  private final StartedErasures startedErasures;

  ErasureEventsListener(Inbox inbox, ErasureTasks tasks) {
    this.startedErasures = new StartedErasures(inbox, tasks);
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_ERASURES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    startedErasures.receive(records);
  }
}
