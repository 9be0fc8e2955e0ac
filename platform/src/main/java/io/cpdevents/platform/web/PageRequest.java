package io.cpdevents.platform.web;

import java.util.Optional;

/**
 * Which page of a list is requested: {@code ?limit=&after=}.
 *
 * @param limit 1 to 100, by default 20; fetch {@code limit + 1} rows and call {@link Page#of}
 * @param after the place after which the page begins; empty for the first page
 */
public record PageRequest(int limit, Optional<Cursor> after) {

  /** The largest limit. */
  public static final int MAX_PAGE_ROWS = 100;

  /** More than a cursor has: a longer one is refused. */
  public static final int MAX_AFTER_CHARACTERS = 100;

  /** The limit when none is given. */
  public static final int DEFAULT_PAGE_ROWS = 20;

  /** How many rows to fetch: one more than the page, to know whether there is a next one. */
  public int rowsToFetch() {
    return limit + 1;
  }
}
