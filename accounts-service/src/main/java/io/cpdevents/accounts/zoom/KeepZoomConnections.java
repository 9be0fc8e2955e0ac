package io.cpdevents.accounts.zoom;

import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Connections that nobody has used for a month are renewed, before Zoom forgets them. */
@Component
public class KeepZoomConnections {

  private static final Logger log = LoggerFactory.getLogger(KeepZoomConnections.class);
  private static final int MAX_BATCH_ROWS = 20;

  private final ZoomConnections connections;
  private final RefreshZoomTokens refresh;
  private final Clock clock;
  private final SystemTime systemTime;

  KeepZoomConnections(
      ZoomConnections connections, RefreshZoomTokens refresh, Clock clock, SystemTime systemTime) {
    this.connections = connections;
    this.refresh = refresh;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /** Renews one batch; returns how many it tried. One that fails is due again later. */
  public int handle() {
    List<UUID> due = connections.dueForRefresh(clock.instant(), systemTime.now(), MAX_BATCH_ROWS);
    for (UUID id : due) {
      try {
        refresh.handle(id);
      } catch (ZoomUnavailable e) {
        log.warn("The tokens of Zoom connection {} are not renewed yet", id, e);
      }
    }
    return due.size();
  }
}
