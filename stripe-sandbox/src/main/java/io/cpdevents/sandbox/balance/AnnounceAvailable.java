package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Sends {@code balance.available}, once for each day on which money settles. */
@Component
class AnnounceAvailable implements StepHandler {
  static final String KIND = "announce-available";

  private final Balances balances;
  private final Events events;
  private final ApplicationEventPublisher publisher;

  AnnounceAvailable(Balances balances, Events events, ApplicationEventPublisher publisher) {
    this.balances = balances;
    this.events = events;
    this.publisher = publisher;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  /** The subject's id is the account, and the day or what is available at once. */
  @Override
  public void perform(String subjectId) {
    String account = subjectId.substring(0, subjectId.indexOf('/'));
    events.record(account, "balance.available", balances.view(account), null);
    publisher.publishEvent(new BalanceGrew(account));
  }
}
