package io.cpdevents.platform.erasure;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.ErasureEvent;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureCalledOff;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureReceiptSigned;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureRequested;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a service makes of the erasures of accounts-service that does no more than forget people.
 * Its listener makes one, so that the service says itself what it listens to.
 */
public final class StartedErasures {

  private final Inbox.Subscription<ErasureEvent> subscription;
  private final ErasureTasks tasks;

  /** Subscribes: from now on parked messages can be replayed. */
  public StartedErasures(Inbox inbox, ErasureTasks tasks) {
    this.tasks = tasks;
    this.subscription =
        inbox
            .subscribe(ErasureEvent.class, this::handle, Topic.ACCOUNTS_ERASURES)
            .ignoring(
                Set.of(ErasureRequested.class, ErasureCalledOff.class, ErasureReceiptSigned.class));
  }

  /** Handles what has arrived. */
  public void receive(List<ConsumerRecord<String, byte[]>> records) {
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
