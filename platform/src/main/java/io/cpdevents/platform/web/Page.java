package io.cpdevents.platform.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor for {@code ?after=}; null when this is the last page
 */
public record Page<T>(List<T> data, @Nullable String next) {

  /**
   * A page from rows that were fetched with {@link PageRequest#rowsToFetch}.
   *
   * @param rows at most one more than the page's limit, in the list's order
   * @param cursor the place of an element
   */
  public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, Cursor> cursor) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> data = rows.subList(0, request.limit());
    return new Page<>(data, cursor.apply(data.getLast()).encode());
  }

  /** A list that has one page only. */
  public static <T> Page<T> whole(List<T> data) {
    return new Page<>(data, null);
  }

  /** The same page with other elements. */
  public <R> Page<R> map(Function<T, R> mapper) {
    return new Page<>(data.stream().map(mapper).toList(), next);
  }
}
