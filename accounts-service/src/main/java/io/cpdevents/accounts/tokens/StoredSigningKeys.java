package io.cpdevents.accounts.tokens;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about signing keys. */
@Component
class StoredSigningKeys {

  private static final String CREATION_LOCK = "signing-key";

  /** A key whose private part is encrypted. */
  record StoredKey(String id, byte[] privateJwkEncrypted) {}

  private final JdbcClient jdbc;

  StoredSigningKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Lets one instance at a time create a key, until its transaction ends. */
  void lockCreation() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
        .param("lock", CREATION_LOCK)
        .query((_, _) -> CREATION_LOCK)
        .single();
  }

  /** All keys, latest first. */
  List<StoredKey> latest() {
    return jdbc.sql(
            "SELECT id, private_jwk_encrypted FROM signing_key ORDER BY created_at DESC, id DESC")
        .query(
            (row, _) -> new StoredKey(row.getString("id"), row.getBytes("private_jwk_encrypted")))
        .list();
  }

  void add(StoredKey key, Instant now) {
    jdbc.sql(
            """
            INSERT INTO signing_key (id, private_jwk_encrypted, created_at)
            VALUES (:id, :privateJwkEncrypted, :now)
            """)
        .param("id", key.id())
        .param("privateJwkEncrypted", key.privateJwkEncrypted())
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Removes keys that have ended long ago. */
  void removeMadeBefore(Instant time) {
    jdbc.sql("DELETE FROM signing_key WHERE created_at < :time")
        .param("time", Parameters.instant(time))
        .update();
  }
}
