package io.cpdevents.accounts.exports;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.exports.DataExports.DataExport;
import io.cpdevents.platform.error.RuleViolation;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The read side of exports. */
@Component
public class DataExportQueries {

  private final DataExports exports;
  private final ArchiveEncryption encryption;
  private final Clock clock;
  private final String publicUrl;

  DataExportQueries(
      DataExports exports,
      ArchiveEncryption encryption,
      Clock clock,
      @Value("${cpd.public-url}") String publicUrl) {
    this.exports = exports;
    this.encryption = encryption;
    this.clock = clock;
    this.publicUrl = publicUrl;
  }

  /**
   * A person's export.
   *
   * @throws RuleViolation 404 {@code data-export-not-found}
   */
  public DataExportView find(UUID id, UUID accountId) {
    return exports
        .find(id, accountId)
        .map(this::view)
        .orElseThrow(() -> AccountsProblem.DATA_EXPORT_NOT_FOUND.violation());
  }

  /**
   * The archive, a ZIP.
   *
   * @throws RuleViolation 404 {@code data-export-not-found} when it is not ready, or not any more
   */
  public byte[] archive(UUID id, UUID accountId) {
    return exports
        .archive(id, accountId, clock.instant())
        .flatMap(sealed -> encryption.decrypt(id, sealed))
        .orElseThrow(() -> AccountsProblem.DATA_EXPORT_NOT_FOUND.violation());
  }

  private DataExportView view(DataExport export) {
    boolean ready = export.status() == DataExportStatus.READY;
    boolean over =
        ready
            && export.availableUntil() != null
            && !export.availableUntil().isAfter(clock.instant());
    return new DataExportView(
        export.id(),
        over ? DataExportStatus.EXPIRED : export.status(),
        export.requestedAt(),
        export.availableUntil(),
        ready && !over
            ? URI.create(publicUrl + "/api/v1/me/data-exports/" + export.id() + "/archive")
            : null);
  }
}
