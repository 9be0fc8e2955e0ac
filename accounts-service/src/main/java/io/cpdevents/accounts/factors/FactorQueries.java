package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.sessions.FactorExemptions;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what a person has beside the password. */
@Component
public class FactorQueries {

  /**
   * Second factors as their owner sees them.
   *
   * @param totp whether there is an authenticator app
   * @param passkeys how many there are
   * @param recoveryCodesLeft how many of the recovery codes were not used
   * @param required whether a role of the person asks for one
   */
  public record FactorsView(boolean totp, int passkeys, int recoveryCodesLeft, boolean required) {}

  private final JdbcClient jdbc;
  private final FactorExemptions exemptions;

  FactorQueries(JdbcClient jdbc, FactorExemptions exemptions) {
    this.jdbc = jdbc;
    this.exemptions = exemptions;
  }

  /** The account's second factors. */
  public FactorsView of(UUID accountId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM totp
                            WHERE account_id = :accountId AND confirmed_at IS NOT NULL) AS totp,
                   (SELECT count(*) FROM passkey WHERE account_id = :accountId) AS passkeys,
                   (SELECT count(*) FROM recovery_code WHERE account_id = :accountId) AS codes,
                   factor_is_required(:accountId, CAST(:exemptEmails AS text[])) AS required
            """)
        .param("accountId", accountId)
        .param("exemptEmails", exemptions.emails().toArray(String[]::new))
        .query((row, _) ->
            new FactorsView(
                row.getBoolean("totp"),
                row.getInt("passkeys"),
                row.getInt("codes"),
                row.getBoolean("required")))
        .single();
  }
}
