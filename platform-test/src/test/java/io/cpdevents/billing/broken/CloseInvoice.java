package io.cpdevents.billing.broken;

import org.springframework.stereotype.Component;

/** Two use cases in one class. */
@Component
public class CloseInvoice {

  private boolean closed;

  /** One. */
  public void handle() {
    closed = true;
  }

  /** The same with values that have no names. */
  public void handle(String id, int attempt, boolean certainly) {
    closed = certainly && attempt > 0 && !id.isEmpty();
  }

  /** And another one. */
  public boolean reopen() {
    boolean wasClosed = closed;
    closed = false;
    return wasClosed;
  }
}
