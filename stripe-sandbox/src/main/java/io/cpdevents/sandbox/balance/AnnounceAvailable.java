package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Once a day on which money settles, {@code balance.available} says so. */
@Component
class AnnounceAvailable implements StepHandler {
  static final String KIND = "announce-available";

  private final Balances balances;
  private final Events events;
  private final ApplicationEventPublisher facts;

  AnnounceAvailable(Balances balances, Events events, ApplicationEventPublisher facts) {
    this.balances = balances;
    this.events = events;
    this.facts = facts;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  /** The subject is account and day. */
  @Override
  public void doStep(String subjectId) {
    String account = subjectId.substring(0, subjectId.indexOf('/'));
    events.record(account, "balance.available", balances.view(account), null);
    facts.publishEvent(new BalanceGrew(account));
  }
}
