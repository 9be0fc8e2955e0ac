package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.secrets.EnvelopeEncryption;
import io.cpdevents.accounts.zoom.ZoomConnections.SealedRow;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is encrypted under a key of earlier days is encrypted under the present one. */
@Component
public class RewrapZoomTokens {

  private static final int MAX_BATCH_ROWS = 100;

  private final ZoomConnections connections;
  private final EnvelopeEncryption encryption;

  RewrapZoomTokens(ZoomConnections connections, EnvelopeEncryption encryption) {
    this.connections = connections;
    this.encryption = encryption;
  }

  /** Does so with one batch; returns how many it was. */
  @Transactional
  public int handle() {
    List<String> formerKeyIds = encryption.keyIds().stream().skip(1).toList();
    List<SealedRow> rows = connections.lockUnder(formerKeyIds, MAX_BATCH_ROWS);
    rows.forEach(row ->
        connections.saveKey(
            row.id(), encryption.rewrapped(row.organizationId().toString(), row.sealed())));
    return rows.size();
  }
}
