package io.cpdevents.accounts.exports;

import io.cpdevents.accounts.exports.DataExportStatus.Trigger;
import io.cpdevents.accounts.exports.DataExports.DataExport;
import io.cpdevents.platform.state.Outcome;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Exports are removed after three days. */
@Component
public class ExpireDataExports {

  private static final int MAX_BATCH_ROWS = 50;

  private final DataExports exports;
  private final Clock clock;

  ExpireDataExports(DataExports exports, Clock clock) {
    this.exports = exports;
    this.clock = clock;
  }

  /** Removes a batch; returns how many there were. */
  @Transactional
  public int handle() {
    List<DataExport> over = exports.lockOver(clock.instant(), MAX_BATCH_ROWS);
    over.forEach(this::expire);
    return over.size();
  }

  private void expire(DataExport export) {
    switch (DataExportStatus.TRANSITIONS.next(export.status(), Trigger.TIME_OVER)) {
      case Outcome.Changed<DataExportStatus> changed ->
          exports.save(export.id(), changed.to(), null, export.availableUntil());
      case Outcome.Ignored<DataExportStatus> _ -> {}
    }
  }
}
