package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Sends {@code balance.available} once for each day on which money settles. */
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

  /** The subject's id is the account and the day. */
  @Override
  public void perform(String subjectId) {
    String account = subjectId.substring(0, subjectId.indexOf('/'));
    events.record(account, "balance.available", balances.view(account), null);
  }
}
