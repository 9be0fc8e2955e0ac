package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.text.Csv;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A balance transaction as it stands in the file of its day.
 *
 * @param ledgerMinor what its journal has moved on the account {@code stripe}
 */
record DayLine(
    String id,
    String type,
    @Nullable String source,
    String currency,
    long amountMinor,
    long feeMinor,
    long netMinor,
    Instant createdAt,
    @Nullable UUID journalId,
    long ledgerMinor) {

  static final String HEADER =
      "ownDay,createdAt,balanceTransaction,type,source,currency,amountMinor,feeMinor,netMinor,"
          + "journalId,ledgerMinor\n";

  /** The hash of the day before the first one. */
  static final String NO_HASH = "0".repeat(64);

  String csv() {
    return Csv.row(
        Stream.of(
            Day.of(createdAt).toString(),
            createdAt.toString(),
            id,
            Csv.cell(type),
            Csv.cell(Objects.requireNonNullElse(source, "")),
            currency,
            Long.toString(amountMinor),
            Long.toString(feeMinor),
            Long.toString(netMinor),
            journalId == null ? "" : journalId.toString(),
            Long.toString(ledgerMinor)));
  }

  /** The last line, which makes a chain of the days. */
  static String dayBefore(String hash) {
    return "dayBefore," + hash + "\n";
  }
}
