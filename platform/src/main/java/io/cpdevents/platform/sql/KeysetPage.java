package io.cpdevents.platform.sql;

import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.PageRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * Keyset pagination of a list that is sorted by a time and an id, as parts of a statement. The
 * thousandth page is as cheap as the first one.
 *
 * <pre>{@code
 * KeysetPage page = KeysetPage.descending("created_at", "id", request);
 * jdbc.sql("SELECT … WHERE account_id = :accountId " + page.condition() + page.orderAndLimit())
 *     .param("accountId", accountId)
 *     .params(page.parameters())
 * }</pre>
 *
 * <p>The names of the columns become part of the statement, so they must be constants.
 */
public final class KeysetPage {

  private final String atColumn;
  private final String idColumn;
  private final boolean descending;
  private final PageRequest request;

  private KeysetPage(String atColumn, String idColumn, boolean descending, PageRequest request) {
    this.atColumn = atColumn;
    this.idColumn = idColumn;
    this.descending = descending;
    this.request = request;
  }

  /** The latest first. */
  public static KeysetPage descending(String atColumn, String idColumn, PageRequest request) {
    return new KeysetPage(atColumn, idColumn, true, request);
  }

  /** The earliest first. */
  public static KeysetPage ascending(String atColumn, String idColumn, PageRequest request) {
    return new KeysetPage(atColumn, idColumn, false, request);
  }

  /**
   * {@code AND (at, id) < (…)}, which selects the rows after the cursor; empty for the first page.
   */
  public String condition() {
    return request.after().isEmpty()
        ? ""
        : " AND (%s, %s) %s (:afterAt, :afterId) "
            .formatted(atColumn, idColumn, descending ? "<" : ">");
  }

  /**
   * The order and the limit, which is one row more than the page has, to know if another follows.
   */
  public String orderAndLimit() {
    String direction = descending ? "DESC" : "ASC";
    return " ORDER BY %s %s, %s %s LIMIT :rows "
        .formatted(atColumn, direction, idColumn, direction);
  }

  /** The parameters of both parts. */
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("rows", request.rowsToFetch());
    if (request.after().isPresent()) {
      Cursor after = request.after().get();
      parameters.put("afterAt", Parameters.instant(after.at()));
      parameters.put("afterId", after.id());
    }
    return parameters;
  }
}
