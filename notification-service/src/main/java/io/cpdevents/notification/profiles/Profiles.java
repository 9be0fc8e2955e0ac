package io.cpdevents.notification.profiles;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about profiles. */
@Component
class Profiles {

  private final JdbcClient jdbc;

  Profiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<UUID, Recipient> recipients(Set<UUID> accountIds) {
    return jdbc.sql(
            """
            SELECT account_id, email, name, locale, time_zone, erased FROM profile
            WHERE account_id = ANY (CAST(:ids AS uuid[]))
            """)
        .param("ids", Parameters.uuids(accountIds, Function.identity()))
        .query((ResultSet rows) -> {
          Map<UUID, Recipient> found = new HashMap<>();
          while (rows.next()) {
            found.put(Columns.uuid(rows, "account_id"), recipient(rows));
          }
          return found;
        });
  }

  /** Keeps the profile, unless this version or a newer one is kept or the person was erased. */
  boolean keep(Profile profile) {
    return jdbc.sql(
                """
                INSERT INTO profile AS p (account_id, version, email, name, locale, time_zone)
                VALUES (:accountId, :version, :email, :name, :locale, :timeZone)
                ON CONFLICT (account_id) DO UPDATE
                SET version = excluded.version, email = excluded.email, name = excluded.name,
                    locale = excluded.locale, time_zone = excluded.time_zone
                WHERE p.version < excluded.version AND NOT p.erased
                """)
            .param("accountId", profile.accountId())
            .param("version", profile.version())
            .param("email", profile.email())
            .param("name", profile.name())
            .param("locale", Parameters.text(profile.locale()))
            .param("timeZone", Parameters.text(profile.timeZone()))
            .update()
        == 1;
  }

  /** Empties the profile for good. Its row stays, so that a late message does not bring it back. */
  void erase(UUID accountId) {
    jdbc.sql(
            """
            INSERT INTO profile (account_id, version, erased) VALUES (:accountId, 0, true)
            ON CONFLICT (account_id) DO UPDATE
            SET email = NULL, name = NULL, locale = NULL, time_zone = NULL, erased = true
            """)
        .param("accountId", accountId)
        .update();
  }

  private static Recipient recipient(ResultSet row) throws SQLException {
    return row.getBoolean("erased")
        ? new Recipient.Erased()
        : new Recipient.Known(
            row.getString("email"),
            row.getString("name"),
            row.getString("locale"),
            row.getString("time_zone"));
  }
}
