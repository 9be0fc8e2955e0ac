package io.cpdevents.platform.operations;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A temporary state, which processes leave without a person's doing, and how long they may stay in
 * it before they count as stuck. A service declares each of its temporary states as a bean; the
 * gauges, their alert and {@code /api/v1/ops/{service}/processes} follow from these beans.
 *
 * @param process in kebab-case, for example {@code refund}
 * @param state in kebab-case
 * @param rows the rows of the processes in this state
 * @param limit how long a process may stay in the state
 */
public record StuckThreshold(String process, String state, Rows rows, Duration limit) {

  /**
   * The rows that are in the state.
   *
   * @param keyColumn by which operators find a row
   * @param condition in SQL. It needs a partial index of the same condition, so that the query does
   *     not read the rows of finished processes
   * @param sinceColumn since when a row is in the state, or when it should have left it; never null
   *     under the condition
   * @param time the kind of time in that column
   */
  public record Rows(
      String table, String keyColumn, String condition, String sinceColumn, Time time) {

    /** Checks the names. */
    public Rows {
      require(COLUMN, table);
      require(COLUMN, keyColumn);
      require(COLUMN, sinceColumn);
    }

    /** Rows whose key is the column {@code id}. */
    public Rows(String table, String condition, String sinceColumn, Time time) {
      this(table, "id", condition, sinceColumn, time);
    }
  }

  /** The kind of time in a column. */
  public enum Time {
    /** Business time. */
    BUSINESS,
    /** System time: leases and retries. */
    SYSTEM
  }

  private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");
  private static final Pattern COLUMN = Pattern.compile("[a-z]+(_[a-z]+)*");

  /** Checks the names, because they are used in URLs and labels. */
  public StuckThreshold {
    require(NAME, process);
    require(NAME, state);
    if (limit.isNegative()) {
      throw new IllegalArgumentException(limit.toString());
    }
  }

  private static void require(Pattern form, String name) {
    if (!form.matcher(name).matches()) {
      throw new IllegalArgumentException(name);
    }
  }
}
