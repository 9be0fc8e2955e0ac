package io.cpdevents.accounts.secrets;

import io.cpdevents.platform.sql.Parameters;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what is stored of the tokens in links, whatever they are about. */
@Component
class LinkDigests {

  private final JdbcClient jdbc;

  LinkDigests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Replaces what is another's. */
  void replace(String table, UUID id, byte[] sha256) {
    jdbc.sql(
            "UPDATE %s SET token_sha256 = :sha256 WHERE id = :id AND token_sha256 <> :sha256"
                .formatted(table))
        .param("id", id)
        .param("sha256", Parameters.bytes(sha256))
        .update();
  }
}
