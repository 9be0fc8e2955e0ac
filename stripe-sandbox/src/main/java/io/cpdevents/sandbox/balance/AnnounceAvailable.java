package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Once a day on which money settles, {@code balance.available} says so. */
@Component
class AnnounceAvailable implements StepHandler {
  static final String KIND = "announce-available";

  private final Balances balances;
  private final Events events;

  AnnounceAvailable(Balances balances, Events events) {
    this.balances = balances;
    this.events = events;
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
  }
}
