package io.cpdevents.platform.operations;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A state that a process leaves by itself: whoever stays longer than the limit is stuck. A service
 * declares each of its own as a bean; the gauges, their alert and {@code
 * /api/v1/ops/{service}/processes} come from them.
 *
 * @param process what is under way, in kebab-case: {@code refund}
 * @param state the state, in kebab-case
 * @param rows where those in this state stand
 * @param limit how long is still usual
 */
public record StuckThreshold(String process, String state, Rows rows, Duration limit) {

  /**
   * The rows that are in the state; their key is the column {@code id}.
   *
   * @param condition in SQL; with a partial index of the same condition the question costs what is
   *     under way, not what there ever was
   * @param sinceColumn since when a row is in the state, or when it should have left it; never null
   *     under the condition
   * @param time whose time the column holds
   */
  public record Rows(String table, String condition, String sinceColumn, Time time) {

    /** Checks the names. */
    public Rows {
      require(COLUMN, table);
      require(COLUMN, sinceColumn);
    }
  }

  /** Whose time a column holds. */
  public enum Time {
    /** The business clock's. */
    BUSINESS,
    /** The machine's: leases and retries. */
    SYSTEM
  }

  private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");
  private static final Pattern COLUMN = Pattern.compile("[a-z]+(_[a-z]+)*");

  /** Checks the names: they stand in addresses and labels. */
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
