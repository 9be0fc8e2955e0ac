package io.cpdevents.accounts.factors;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about recovery codes. Their account is locked first, by whoever changes them. */
@Component
class RecoveryCodes {

  private final JdbcClient jdbc;

  RecoveryCodes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes others, in place of all there are. */
  List<RecoveryCode> renew(UUID accountId, Instant now) {
    removeAll(accountId);
    List<RecoveryCode> codes = RecoveryCode.all();
    jdbc.sql(
            """
            INSERT INTO recovery_code (account_id, code_sha256, made_at)
            SELECT :accountId, code, :now FROM unnest(:codes) AS code
            """)
        .param("accountId", accountId)
        .param("codes", codes.stream().map(RecoveryCode::sha256).toArray(byte[][]::new))
        .param("now", Parameters.instant(now))
        .update();
    return codes;
  }

  boolean exists(UUID accountId, RecoveryCode code) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM recovery_code
                            WHERE account_id = :accountId AND code_sha256 = :code)
            """)
        .param("accountId", accountId)
        .param("code", code.sha256())
        .query(Boolean.class)
        .single();
  }

  /** Uses it up; false when that was done in the meantime. */
  boolean use(UUID accountId, RecoveryCode code) {
    jdbc.sql("SELECT id FROM account WHERE id = :accountId FOR SHARE")
        .param("accountId", accountId)
        .query(UUID.class)
        .optional();
    return jdbc.sql(
                """
                DELETE FROM recovery_code
                 WHERE account_id = :accountId AND code_sha256 = :code
                """)
            .param("accountId", accountId)
            .param("code", code.sha256())
            .update()
        == 1;
  }

  /** Removes those that were made since then; answers how many. */
  int removeMadeSince(UUID accountId, Instant since) {
    return jdbc.sql("DELETE FROM recovery_code WHERE account_id = :accountId AND made_at >= :since")
        .param("accountId", accountId)
        .param("since", Parameters.instant(since))
        .update();
  }

  void removeAll(UUID accountId) {
    jdbc.sql("DELETE FROM recovery_code WHERE account_id = :accountId")
        .param("accountId", accountId)
        .update();
  }
}
