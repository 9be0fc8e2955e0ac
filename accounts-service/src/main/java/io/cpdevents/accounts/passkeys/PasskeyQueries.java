package io.cpdevents.accounts.passkeys;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the passkeys of a person. */
@Component
public class PasskeyQueries {

  /**
   * A passkey as its owner sees it.
   *
   * @param name what its owner calls it
   * @param lastUsedAt when it last logged in; null for never
   */
  public record PasskeyView(UUID id, String name, Instant madeAt, @Nullable Instant lastUsedAt) {}

  private final JdbcClient jdbc;

  PasskeyQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of an account, newest first. */
  public Page<PasskeyView> of(UUID accountId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("made_at", "id", request);
    List<PasskeyView> passkeys =
        jdbc.sql(
                """
                SELECT id, name, made_at, last_used_at FROM passkey
                 WHERE account_id = :accountId
                """
                    + page.condition()
                    + page.orderAndLimit())
            .param("accountId", accountId)
            .params(page.parameters())
            .query((row, _) ->
                new PasskeyView(
                    Columns.uuid(row, "id"),
                    row.getString("name"),
                    Columns.instant(row, "made_at"),
                    Columns.instantOrNull(row, "last_used_at")))
            .list();
    return Page.of(passkeys, request, view -> new Cursor(view.madeAt(), view.id()));
  }
}
