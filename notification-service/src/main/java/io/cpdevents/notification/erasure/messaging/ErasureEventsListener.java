package io.cpdevents.notification.erasure.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.ErasureEvent;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureCalledOff;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureReceiptSigned;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureRequested;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.notification.accounts.CalledOffErasure;
import io.cpdevents.notification.accounts.RequestedErasure;
import io.cpdevents.notification.erasure.MailReceipt;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.platform.erasure.ErasureTasks;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to how people are erased. */
@Component
class ErasureEventsListener {

  private final Inbox.Subscription<ErasureEvent> subscription;
  private final ErasureTasks tasks;
  private final QueueMail queueMail;
  private final MailReceipt mailReceipt;

  ErasureEventsListener(
      Inbox inbox, ErasureTasks tasks, QueueMail queueMail, MailReceipt mailReceipt) {
    this.tasks = tasks;
    this.queueMail = queueMail;
    this.mailReceipt = mailReceipt;
    this.subscription = inbox.subscribe(ErasureEvent.class, this::handle, Topic.ACCOUNTS_ERASURES);
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_ERASURES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(ErasureEvent event) {
    switch (event) {
      case ErasureRequested requested ->
          queueMail.handle(
              new QueueMail.Command(
                  requested.erasureId(),
                  requested.accountId(),
                  new RequestedErasure.Subject(
                      requested.erasureId(), requested.requestedAt(), requested.dueAt())));
      case ErasureCalledOff calledOff ->
          queueMail.handle(
              new QueueMail.Command(
                  calledOff.erasureId(),
                  calledOff.accountId(),
                  new CalledOffErasure.Subject(calledOff.erasureId(), calledOff.calledOffAt())));
      case ErasureStarted started -> tasks.add(started);
      case ErasureReceiptSigned signed ->
          mailReceipt.handle(signed.erasureId(), signed.accountId());
    }
  }
}
