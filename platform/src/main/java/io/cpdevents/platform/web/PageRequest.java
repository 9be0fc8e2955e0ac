package io.cpdevents.platform.web;

import java.util.Optional;

/**
 * Which part of a list is asked for: {@code ?limit=&after=}.
 *
 * @param limit 1 to 100, 20 when not given; fetch {@code limit + 1} rows and call {@link Page#of}
 * @param after behind which element; empty for the beginning
 */
public record PageRequest(int limit, Optional<Cursor> after) {

  /** The most elements of a page. */
  public static final int MAX_LIMIT = 100;

  /** How many elements a page has when nothing is said. */
  public static final int LIMIT_DEFAULT = 20;

  /** How many rows to fetch: one more than the page, to know whether there is a next one. */
  public int rowsToFetch() {
    return limit + 1;
  }
}
