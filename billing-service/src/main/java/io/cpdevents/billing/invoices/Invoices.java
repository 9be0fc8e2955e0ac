package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about invoices. */
@Component
class Invoices {

  /**
   * An invoice that is to be charged to the card in place of the one that was declined.
   *
   * @param attempt part of the key at Stripe: another one for each card
   */
  record Replacement(String stripeInvoiceId, String methodId, int attempt) {

    /** The idempotency key at Stripe. */
    String idempotencyKey() {
      return "invoice-payment:%s:%d".formatted(stripeInvoiceId, attempt);
    }
  }

  /**
   * An invoice that nobody has to pay any more.
   *
   * @param attempt part of the key at Stripe
   */
  record Voiding(String stripeInvoiceId, int attempt) {

    /** The idempotency key at Stripe. */
    String idempotencyKey() {
      return "invoice-void:%s:%d".formatted(stripeInvoiceId, attempt);
    }
  }

  /** Nobody pays for a plan that is over; a purchase may not have come to its end. */
  private static final String IS_OF_WHAT_GOES_ON =
      """
      (stripe_subscription_id IS NULL
       OR EXISTS (
           SELECT FROM subscription AS present
           WHERE present.organization_id = invoice.organization_id
                 AND present.stripe_subscription_id = invoice.stripe_subscription_id
                 AND present.status <> 'free')
       OR EXISTS (
           SELECT FROM plan_change AS change
           WHERE change.organization_id = invoice.organization_id
                 AND change.stripe_subscription_id = invoice.stripe_subscription_id
                 AND change.status = 'awaiting-authentication'))
      """;

  private final JdbcClient jdbc;

  Invoices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a dispute of what has paid an invoice.
   *
   * @return whose invoice it is; empty when the payment intent has paid none, or it is known
   */
  Optional<UUID> addDispute(String stripeDisputeId, String paymentIntentId, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO invoice_dispute (stripe_dispute_id, organization_id, told_at)
            SELECT :disputeId, invoice.organization_id, :now
            FROM stripe_charge JOIN invoice ON invoice.stripe_id = stripe_invoice_id
            WHERE stripe_payment_intent_id = :paymentIntentId
            LIMIT 1
            ON CONFLICT (stripe_dispute_id) DO NOTHING
            RETURNING organization_id
            """)
        .param("disputeId", stripeDisputeId)
        .param("paymentIntentId", paymentIntentId)
        .param("now", Parameters.instant(now))
        .query(UUID.class)
        .optional();
  }

  /** Numbers a question to Stripe: its answer never replaces that to a later one. */
  long nextQuestion() {
    return jdbc.sql("SELECT nextval('plan_question')").query(Long.class).single();
  }

  /**
   * Adds an invoice.
   *
   * @param question whose answer it is
   * @return false when it is known
   */
  boolean insert(Invoice invoice, long question) {
    StripeInvoice told = invoice.told();
    return jdbc.sql(
                """
                INSERT INTO invoice (
                    id, stripe_id, organization_id, stripe_subscription_id, number, status,
                    currency, total_minor, paid_minor, remaining_minor, period_starts_at, period_ends_at, pdf_url,
                    created_at, attempts, next_attempt_at, doubted_since, authentication_url,
                    billing_reason, question)
                VALUES (
                    :id, :stripeId, :organizationId, :subscriptionId, :number, :status,
                    :currency, :total, :paid, :remaining, :periodStart, :periodEnd, :pdfUrl,
                    :createdAt, :attempts, :nextAttemptAt, :doubtedSince, :authenticationUrl,
                    :billingReason, :question)
                ON CONFLICT (stripe_id) DO NOTHING
                """)
            .param("id", Ids.next())
            .param("stripeId", told.id())
            .param("organizationId", invoice.organizationId())
            .param("subscriptionId", Parameters.text(told.subscriptionId()))
            .param("number", Parameters.text(told.number()))
            .param("status", Parameters.constant(told.status()))
            .param("currency", Parameters.currency(told.total().currency()))
            .param("total", told.total().amountMinor())
            .param("paid", told.paid().amountMinor())
            .param("remaining", told.remaining().amountMinor())
            .param("periodStart", Parameters.instant(told.periodStart()))
            .param("periodEnd", Parameters.instant(told.periodEnd()))
            .param("pdfUrl", Parameters.text(told.pdfUrl()))
            .param("createdAt", Parameters.instant(told.createdAt()))
            .param("attempts", told.attempts())
            .param("nextAttemptAt", Parameters.instant(told.nextAttemptAt()))
            .param("doubtedSince", Parameters.instant(invoice.doubtedSince()))
            .param("authenticationUrl", Parameters.text(told.authenticationUrl()))
            .param("billingReason", told.billingReason())
            .param("question", question)
            .update()
        == 1;
  }

  /** Whose invoice it is; empty when it is not known. */
  Optional<UUID> organizationOf(String stripeId) {
    return jdbc.sql("SELECT organization_id FROM invoice WHERE stripe_id = :stripeId")
        .param("stripeId", stripeId)
        .query(UUID.class)
        .optional();
  }

  /** A known invoice, locked; empty when the answer to a later question is there. */
  Optional<Invoice> lockOlder(String stripeId, long question) {
    return jdbc.sql(
            """
            SELECT * FROM invoice WHERE stripe_id = :stripeId AND question < :question FOR UPDATE
            """)
        .param("stripeId", stripeId)
        .param("question", question)
        .query(Invoices::read)
        .optional();
  }

  /** Saves what of a locked invoice can change. */
  void update(Invoice invoice, long question) {
    StripeInvoice told = invoice.told();
    jdbc.sql(
            """
            UPDATE invoice
            SET number = :number, status = :status, total_minor = :total, paid_minor = :paid,
                remaining_minor = :remaining,
                pdf_url = :pdfUrl, attempts = :attempts, next_attempt_at = :nextAttemptAt,
                doubted_since = :doubtedSince, authentication_url = :authenticationUrl,
                void_at = CASE WHEN :status = 'open' THEN void_at END, question = :question
            WHERE stripe_id = :stripeId
            """)
        .param("stripeId", told.id())
        .param("number", Parameters.text(told.number()))
        .param("status", Parameters.constant(told.status()))
        .param("total", told.total().amountMinor())
        .param("paid", told.paid().amountMinor())
        .param("remaining", told.remaining().amountMinor())
        .param("pdfUrl", Parameters.text(told.pdfUrl()))
        .param("attempts", told.attempts())
        .param("nextAttemptAt", Parameters.instant(told.nextAttemptAt()))
        .param("doubtedSince", Parameters.instant(invoice.doubtedSince()))
        .param("authenticationUrl", Parameters.text(told.authenticationUrl()))
        .param("question", question)
        .update();
  }

  /**
   * What was tried and is open is to be paid by another card, unless it is of a subscription that
   * is over: that of a purchase that came to nothing is no subscription of the organization.
   */
  void payWith(UUID organizationId, String methodId) {
    jdbc.sql(
            """
            UPDATE invoice
            SET replacement_id = :methodId, replacement_attempt = replacement_attempt + 1,
                replacement_is_due = true
            WHERE organization_id = :organizationId AND status = 'open' AND attempts > 0
                  AND replacement_id IS DISTINCT FROM :methodId AND NOT is_given_up
                  AND %s
            """
                .formatted(IS_OF_WHAT_GOES_ON))
        .param("organizationId", organizationId)
        .param("methodId", methodId)
        .update();
  }

  /**
   * The same of months, by the card that pays already, unless a card is being charged for it now.
   */
  void payAgainWith(UUID organizationId, String methodId) {
    jdbc.sql(
            """
            UPDATE invoice
            SET replacement_id = :methodId, replacement_attempt = replacement_attempt + 1,
                replacement_is_due = true
            WHERE organization_id = :organizationId AND status = 'open' AND attempts > 0
                  AND billing_reason = 'subscription_cycle'
                  AND NOT replacement_is_due AND NOT is_given_up
                  AND EXISTS (
                      SELECT FROM payment_method AS present
                      WHERE present.id = :methodId AND present.is_default
                            AND present.organization_id = invoice.organization_id)
                  AND %s
            """
                .formatted(IS_OF_WHAT_GOES_ON))
        .param("organizationId", organizationId)
        .param("methodId", methodId)
        .update();
  }

  /**
   * When the first of so many chosen cards was declined, the last ones, for what is open; empty
   * when there were fewer.
   */
  Optional<Instant> declined(UUID organizationId, int number) {
    return jdbc.sql(
            """
            SELECT told_at FROM declined_replacement JOIN invoice ON stripe_id = stripe_invoice_id
            WHERE organization_id = :organizationId AND status = 'open'
            ORDER BY told_at DESC OFFSET :others LIMIT 1
            """)
        .param("organizationId", organizationId)
        .param("others", number - 1)
        .query((row, _) -> Columns.instant(row, "told_at"))
        .optional();
  }

  /**
   * One that has failed is to be paid by a card that has never been tried for it, unless its plan
   * is over or being ended.
   */
  void payWith(Invoice invoice, String methodId) {
    jdbc.sql(
            """
            UPDATE invoice
            SET replacement_id = :methodId, replacement_attempt = replacement_attempt + 1,
                replacement_is_due = true
            WHERE stripe_id = :stripeId AND status = 'open' AND NOT is_given_up
                  AND replacement_id IS DISTINCT FROM :methodId AND %s
            """
                .formatted(IS_OF_WHAT_GOES_ON))
        .param("stripeId", invoice.told().id())
        .param("methodId", methodId)
        .update();
  }

  /** What is to be paid by another card now. */
  List<Replacement> replacements(int maxRows) {
    return jdbc.sql(
            """
            SELECT stripe_id, replacement_id, replacement_attempt FROM invoice
            WHERE replacement_is_due ORDER BY created_at LIMIT :maxRows
            """)
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Replacement(
                row.getString("stripe_id"),
                row.getString("replacement_id"),
                row.getInt("replacement_attempt")))
        .list();
  }

  /**
   * Stripe has answered.
   *
   * @return false when yet another card has come meanwhile
   */
  boolean answerReplacement(Replacement replacement) {
    return changeReplacement("replacement_is_due = false", replacement);
  }

  /**
   * Notes that a card in place of another one was declined, too, in this attempt.
   *
   * @return the invoice, when it is open and that is news
   */
  Optional<Invoice> noteDeclined(Replacement replacement, Instant now) {
    return jdbc.sql(
            """
            WITH noted AS (
                INSERT INTO declined_replacement (
                    stripe_invoice_id, payment_method_id, attempt, told_at)
                SELECT stripe_id, :methodId, :attempt, :now FROM invoice
                WHERE stripe_id = :stripeId AND status = 'open'
                ON CONFLICT DO NOTHING RETURNING stripe_invoice_id)
            SELECT invoice.* FROM invoice JOIN noted ON stripe_id = stripe_invoice_id
            """)
        .param("stripeId", replacement.stripeInvoiceId())
        .param("methodId", replacement.methodId())
        .param("attempt", replacement.attempt())
        .param("now", Parameters.instant(now))
        .query(Invoices::read)
        .optional();
  }

  /** The same under another key, unless somebody else has begun that. */
  void beginNextReplacement(Replacement replacement) {
    changeReplacement("replacement_attempt = replacement_attempt + 1", replacement);
  }

  /**
   * No other card pays what is open of a subscription any more.
   *
   * @return false when one is being charged now
   */
  boolean giveUp(String subscriptionId) {
    jdbc.sql(
            """
            UPDATE invoice SET is_given_up = true
            WHERE stripe_subscription_id = :subscriptionId AND status = 'open'
                  AND NOT replacement_is_due
            """)
        .param("subscriptionId", subscriptionId)
        .update();
    return jdbc.sql(
                """
                SELECT count(*) FROM invoice
                WHERE stripe_subscription_id = :subscriptionId AND status = 'open'
                      AND NOT is_given_up
                """)
            .param("subscriptionId", subscriptionId)
            .query(Long.class)
            .single()
        == 0;
  }

  /** What is open of a subscription that is over is to be voided. */
  void voidAll(String subscriptionId, Instant now) {
    jdbc.sql(
            """
            UPDATE invoice
            SET is_given_up = true, replacement_is_due = false, void_at = coalesce(void_at, :now)
            WHERE stripe_subscription_id = :subscriptionId AND status = 'open'
            """)
        .param("subscriptionId", subscriptionId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** What is to be voided now, what waits longest first. */
  List<Voiding> voidings(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT stripe_id, void_attempt FROM invoice
            WHERE void_at <= :now ORDER BY void_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> new Voiding(row.getString("stripe_id"), row.getInt("void_attempt")))
        .list();
  }

  /** Postpones the next request, unless it is not open any more. */
  void voidAgain(Voiding voiding, Instant at) {
    jdbc.sql(
            """
            UPDATE invoice SET void_at = :at
            WHERE stripe_id = :stripeId AND void_at IS NOT NULL
            """)
        .param("at", Parameters.instant(at))
        .param("stripeId", voiding.stripeInvoiceId())
        .update();
  }

  /** The next request goes under another key, unless somebody else has begun that. */
  void beginNextVoiding(Voiding voiding) {
    jdbc.sql(
            """
            UPDATE invoice SET void_attempt = void_attempt + 1
            WHERE stripe_id = :stripeId AND void_attempt = :attempt
            """)
        .param("stripeId", voiding.stripeInvoiceId())
        .param("attempt", voiding.attempt())
        .update();
  }

  private boolean changeReplacement(String change, Replacement replacement) {
    return jdbc.sql(
                "UPDATE invoice SET "
                    + change
                    + " WHERE stripe_id = :stripeId AND replacement_attempt = :attempt")
            .param("stripeId", replacement.stripeInvoiceId())
            .param("attempt", replacement.attempt())
            .update()
        == 1;
  }

  /** Of what was told before it was kept as much as is not paid. */
  private static Money remaining(ResultSet row) throws SQLException {
    return row.getObject("remaining_minor") == null
        ? Columns.money(row, "total_minor").minus(Columns.money(row, "paid_minor"))
        : Columns.money(row, "remaining_minor");
  }

  static Invoice read(ResultSet row, int number) throws SQLException {
    return new Invoice(
        Columns.uuid(row, "organization_id"),
        new StripeInvoice(
            row.getString("stripe_id"),
            null,
            row.getString("stripe_subscription_id"),
            row.getString("number"),
            Columns.constant(StripeInvoice.Status.class, row, "status"),
            Columns.money(row, "total_minor"),
            Columns.money(row, "paid_minor"),
            remaining(row),
            Columns.instant(row, "period_starts_at"),
            Columns.instant(row, "period_ends_at"),
            row.getString("pdf_url"),
            Columns.instant(row, "created_at"),
            row.getInt("attempts"),
            Columns.instantOrNull(row, "next_attempt_at"),
            row.getString("authentication_url"),
            null,
            row.getString("billing_reason")),
        Columns.instantOrNull(row, "doubted_since"));
  }
}
