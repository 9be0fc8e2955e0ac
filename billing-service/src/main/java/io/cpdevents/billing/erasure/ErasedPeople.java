package io.cpdevents.billing.erasure;

import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.sql.Columns;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about people who are forgotten. */
@Component
class ErasedPeople {

  /** What is left of a reason that somebody typed. */
  private static final String ERASED = "(erased)";

  /**
   * What was found about the person.
   *
   * @param openDisputes for which what the organization answers is still needed
   */
  record Found(boolean payments, boolean disputes, boolean openDisputes) {}

  private final JdbcClient jdbc;

  ErasedPeople(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What people of the organization typed when they gave the person money back. */
  void forgetReasons(UUID accountId) {
    jdbc.sql(
            """
            UPDATE refund SET reason = :erased
            FROM payment
            WHERE payment.id = refund.payment_id AND account_id = :accountId AND reason IS NOT NULL
            """)
        .param("erased", ERASED)
        .param("accountId", accountId)
        .update();
  }

  /**
   * Takes a person out of what was typed about breaks, of which the rest stays: it is why money was
   * booked.
   */
  void forgetResolutions(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE break_resolution
            SET reason = regexp_replace(reason, :mention, :erased, 'gi'),
                comment = regexp_replace(comment, :mention, :erased, 'gi')
            WHERE reason ~* :mention OR comment ~* :mention
            """)
        .param("mention", person.mention())
        .param("erased", ERASED)
        .update();
  }

  /**
   * What was typed after the person was forgotten; returns how many there were. One that is asked
   * to forget them at this moment does so by itself.
   */
  int forgetLateReasons() {
    return jdbc.sql(
            """
            UPDATE refund SET reason = :erased
            FROM payment
            WHERE payment.id = refund.payment_id AND reason <> :erased
              AND account_id IN (SELECT account_id FROM erasure_task)
            """)
        .param("erased", ERASED)
        .update();
  }

  /**
   * Where Stripe was to ask people who are erased; what Stripe has not answered yet is sent again
   * as it was. Returns how many there were.
   */
  int forgetInstructions() {
    return jdbc.sql(
            """
            UPDATE refund_attempt SET instructions_email = NULL
            FROM refund JOIN payment ON payment.id = payment_id
            WHERE refund.id = refund_id AND instructions_email IS NOT NULL
              AND (sent_at IS NULL OR stripe_refund_id IS NOT NULL
                   OR stripe_status IN ('failed', 'canceled'))
              AND account_id IN (SELECT account_id FROM erasure_task)
            """)
        .update();
  }

  /**
   * What organizations have answered banks about people who were to be erased, of disputes that are
   * decided; returns how many there were.
   */
  int forgetEvidence() {
    return jdbc.sql(
            """
            UPDATE dispute SET evidence = '{}'
            FROM payment
            WHERE payment.id = dispute.payment_id AND closed_at IS NOT NULL AND evidence <> '{}'
              AND account_id IN (SELECT account_id FROM erasure_task)
            """)
        .update();
  }

  /** What others may have asked for about the person: payments, refunds and disputes. */
  List<UUID> thingsOf(UUID accountId) {
    return jdbc.sql(
            """
            SELECT id FROM payment WHERE account_id = :accountId
            UNION ALL
            SELECT refund.id FROM refund JOIN payment ON payment.id = payment_id
             WHERE account_id = :accountId
            UNION ALL
            SELECT dispute.id FROM dispute JOIN payment ON payment.id = payment_id
             WHERE account_id = :accountId
            """)
        .param("accountId", accountId)
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  Found find(UUID accountId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM payment WHERE account_id = :accountId) AS payments,
                   EXISTS (SELECT FROM dispute JOIN payment ON payment.id = payment_id
                           WHERE account_id = :accountId) AS disputes,
                   EXISTS (SELECT FROM dispute JOIN payment ON payment.id = payment_id
                           WHERE account_id = :accountId AND dispute.closed_at IS NULL) AS open
            """)
        .param("accountId", accountId)
        .query((row, _) ->
            new Found(
                row.getBoolean("payments"), row.getBoolean("disputes"), row.getBoolean("open")))
        .single();
  }
}
