package io.cpdevents.accounts.exports;

import io.cpdevents.accounts.exports.DataExportStatus.Trigger;
import io.cpdevents.accounts.exports.DataExports.DataExport;
import io.cpdevents.accounts.exports.DataExports.Person;
import io.cpdevents.contracts.accounts.AccountEvent.DataExportReady;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.state.Outcome;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Exports that people have asked for are made: every service is asked, and they are told. */
@Component
public class MakeDataExports {

  /** How long an export can be fetched. */
  static final Duration AVAILABLE_TIME = Duration.ofDays(3);

  /** After this long without an answer of some service it has failed. */
  static final Duration MAX_MAKING_TIME = Duration.ofDays(1);

  private static final Duration MAX_TRY_TIME = Duration.ofMinutes(1);

  private final DataExports exports;
  private final DataArchive archive;
  private final ArchiveEncryption encryption;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final Clock clock;
  private final SystemTime systemTime;

  MakeDataExports(
      DataExports exports,
      DataArchive archive,
      ArchiveEncryption encryption,
      TransactionTemplate transaction,
      Outbox outbox,
      Clock clock,
      SystemTime systemTime) {
    this.exports = exports;
    this.archive = archive;
    this.encryption = encryption;
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Makes one; returns how many there were. A service that does not answer ends the run; this one
   * is tried again after a minute, and others are not held up by it.
   */
  public int handle() {
    Instant systemNow = systemTime.now();
    Optional<DataExport> claimed = exports.claim(systemNow, systemNow.plus(MAX_TRY_TIME));
    claimed.ifPresent(this::make);
    return claimed.isPresent() ? 1 : 0;
  }

  private void make(DataExport export) {
    Optional<Person> person = exports.person(export.accountId());
    Instant now = clock.instant();
    if (now.isAfter(export.requestedAt().plus(MAX_MAKING_TIME))) {
      settle(export, Trigger.GIVEN_UP, null, now);
    } else if (person.isPresent()) {
      byte[] sealed = encryption.encrypt(export.id(), archive.about(person.get(), now));
      settle(export, Trigger.COLLECTED, sealed, now);
    }
  }

  private void settle(DataExport export, Trigger trigger, byte @Nullable [] sealed, Instant now) {
    transaction.executeWithoutResult(_ ->
        exports
            .lock(export.id())
            .ifPresent(locked -> {
              switch (DataExportStatus.TRANSITIONS.next(locked.status(), trigger)) {
                case Outcome.Changed<DataExportStatus> changed ->
                    save(locked, changed.to(), sealed, now);
                case Outcome.Ignored<DataExportStatus> _ -> {}
              }
            }));
  }

  private void save(
      DataExport export, DataExportStatus status, byte @Nullable [] sealed, Instant now) {
    if (sealed == null) {
      exports.save(export.id(), status, null, null);
      return;
    }
    Instant until = now.plus(AVAILABLE_TIME);
    exports.save(export.id(), status, sealed, until);
    outbox.append(new DataExportReady(export.accountId(), export.id(), now, until));
  }
}
