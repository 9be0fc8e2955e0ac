package io.cpdevents.notification.profiles;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about profiles; others may ask where a person's mail goes. */
@Component
public class Profiles {

  /** Where a person's mail goes. */
  public sealed interface Recipient {

    /**
     * The person can be written to.
     *
     * @param locale BCP 47; null when the person chose none
     */
    record Known(String email, String name, @Nullable String locale) implements Recipient {}

    /** The person was erased: there is nobody to write to any more. */
    record Erased() implements Recipient {}
  }

  private final JdbcClient jdbc;

  Profiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Where the mail of these people goes, as far as accounts has told. */
  public Map<UUID, Recipient> find(Set<UUID> accountIds) {
    return jdbc.sql(
            """
            SELECT account_id, email, name, locale, erased FROM profile
            WHERE account_id = ANY (CAST(:ids AS uuid[]))
            """)
        .param("ids", accountIds.toArray(UUID[]::new))
        .query((ResultSet rows) -> {
          Map<UUID, Recipient> found = new HashMap<>();
          while (rows.next()) {
            found.put(rows.getObject("account_id", UUID.class), recipient(rows));
          }
          return found;
        });
  }

  /** Keeps the profile, unless a version as new is kept already or the person was erased. */
  boolean keep(Profile profile) {
    return jdbc.sql(
                """
                INSERT INTO profile AS p (account_id, version, email, name, locale, time_zone)
                VALUES (:accountId, :version, :email, :name, CAST(:locale AS text),
                        CAST(:timeZone AS text))
                ON CONFLICT (account_id) DO UPDATE
                SET version = excluded.version, email = excluded.email, name = excluded.name,
                    locale = excluded.locale, time_zone = excluded.time_zone
                WHERE p.version < excluded.version AND NOT p.erased
                """)
            .param("accountId", profile.accountId())
            .param("version", profile.version())
            .param("email", profile.email())
            .param("name", profile.name())
            .param("locale", profile.locale())
            .param("timeZone", profile.timeZone())
            .update()
        == 1;
  }

  /** Empties the profile for good; its row stays, so that a late record does not bring it back. */
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
            row.getString("email"), row.getString("name"), row.getString("locale"));
  }
}
