package io.cpdevents.payout.ignoredchanges;

import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Changes from which nothing followed are deleted after a while. */
@Component
public class ForgetIgnoredChanges {

  /** As long as billing-service keeps the event that told of it. */
  private static final Duration RETENTION = Duration.ofDays(35);

  private static final int MAX_BATCH_ROWS = 1_000;

  private final IgnoredChanges changes;
  private final SystemTime systemTime;

  ForgetIgnoredChanges(IgnoredChanges changes, SystemTime systemTime) {
    this.changes = changes;
    this.systemTime = systemTime;
  }

  /** Deletes a batch. Returns how many. */
  public int handle() {
    return changes.forget(systemTime.now().minus(RETENTION), MAX_BATCH_ROWS);
  }
}
