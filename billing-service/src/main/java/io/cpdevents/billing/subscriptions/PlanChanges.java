package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about changes of plan and their previews. */
@Component
class PlanChanges {

  /**
   * A change of which something is expected.
   *
   * @param checks how often Stripe has been asked since its last step
   */
  record Due(UUID id, int checks) {}

  private static final String LIVE =
      "status IN ('requested', 'awaiting-authentication', 'scheduled', 'call-off-requested')";

  private final JdbcClient jdbc;

  PlanChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a change.
   *
   * @return false when another one of the organization is not over
   */
  boolean insert(PlanChange change) {
    return jdbc.sql(
                """
                INSERT INTO plan_change (
                    id, organization_id, kind, status, from_plan_id, plan_id, currency,
                    proration_date, effective_at, ends_trial, attempt, stripe_subscription_id,
                    next_check_at, requested_at, changed_at)
                VALUES (
                    :id, :organizationId, :kind, :status, :fromPlanId, :planId, :currency,
                    :prorationDate, :effectiveAt, :endsTrial, :attempt, :subscriptionId,
                    :nextCheckAt, :requestedAt, :requestedAt)
                ON CONFLICT (organization_id) WHERE
                """
                    + LIVE
                    + " DO NOTHING")
            .param("id", change.id())
            .param("organizationId", change.organizationId())
            .param("kind", Parameters.constant(change.kind()))
            .param("status", Parameters.constant(change.status()))
            .param("fromPlanId", change.fromPlanId())
            .param("planId", change.planId())
            .param("currency", Parameters.currency(change.currency()))
            .param("prorationDate", Parameters.instant(change.prorationDate()))
            .param("effectiveAt", Parameters.instant(change.effectiveAt()))
            .param("endsTrial", change.endsTrial())
            .param("attempt", change.attempt())
            .param("subscriptionId", Parameters.text(change.stripeSubscriptionId()))
            .param("nextCheckAt", Parameters.instant(change.nextCheckAt()))
            .param("requestedAt", Parameters.instant(change.requestedAt()))
            .update()
        == 1;
  }

  /** A change that there is. */
  PlanChange get(UUID id) {
    return jdbc.sql("SELECT * FROM plan_change WHERE id = :id")
        .param("id", id)
        .query(PlanChanges::read)
        .single();
  }

  /** The change of an organization that is not over. */
  Optional<PlanChange> live(UUID organizationId) {
    return jdbc.sql("SELECT * FROM plan_change WHERE organization_id = :organizationId AND " + LIVE)
        .param("organizationId", organizationId)
        .query(PlanChanges::read)
        .optional();
  }

  /** A change that there is, locked until the transaction ends. */
  PlanChange lock(UUID id) {
    return jdbc.sql("SELECT * FROM plan_change WHERE id = :id FOR NO KEY UPDATE")
        .param("id", id)
        .query(PlanChanges::read)
        .single();
  }

  /** Saves a locked change. */
  void update(PlanChange change) {
    jdbc.sql(
            """
            UPDATE plan_change
            SET status = :status, authentication_url = :url, decline_code = :declineCode,
                checks = 0, next_check_at = :nextCheckAt, changed_at = :changedAt
            WHERE id = :id
            """)
        .param("id", change.id())
        .param("status", Parameters.constant(change.status()))
        .param("url", Parameters.text(change.authenticationUrl()))
        .param("declineCode", Parameters.text(change.declineCode()))
        .param("nextCheckAt", Parameters.instant(change.nextCheckAt()))
        .param("changedAt", Parameters.instant(change.changedAt()))
        .update();
  }

  /** Keeps which subscription Stripe has made for a purchase. */
  void identify(PlanChange change, String stripeSubscriptionId) {
    jdbc.sql(
            """
            UPDATE plan_change SET stripe_subscription_id = :stripeId
            WHERE id = :id AND stripe_subscription_id IS NULL
            """)
        .param("id", change.id())
        .param("stripeId", stripeSubscriptionId)
        .update();
  }

  /** Begins the next attempt, unless somebody else has. */
  void beginNextAttempt(PlanChange change) {
    jdbc.sql(
            """
            UPDATE plan_change SET attempt = attempt + 1 WHERE id = :id AND attempt = :attempt
            """)
        .param("id", change.id())
        .param("attempt", change.attempt())
        .update();
  }

  /** Its invoice is voided under another key, unless somebody else has begun that. */
  void beginNextDrop(PlanChange change) {
    jdbc.sql(
            """
            UPDATE plan_change SET drop_attempt = drop_attempt + 1
            WHERE id = :id AND drop_attempt = :attempt
            """)
        .param("id", change.id())
        .param("attempt", change.dropAttempt())
        .update();
  }

  /** Of which Stripe is to be asked now, those that wait longest first. */
  List<Due> toCheck(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT id, checks FROM plan_change
            WHERE next_check_at <= :now ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> new Due(Columns.uuid(row, "id"), row.getInt("checks")))
        .list();
  }

  /** Postpones the next question, unless the change is over. */
  void checkAgain(UUID id, Instant at) {
    jdbc.sql(
            """
            UPDATE plan_change SET checks = checks + 1, next_check_at = :at
            WHERE id = :id AND next_check_at IS NOT NULL
            """)
        .param("id", id)
        .param("at", Parameters.instant(at))
        .update();
  }

  /** Stripe is asked now about a change that waits for its money. */
  void checkNow(UUID organizationId, Instant now) {
    jdbc.sql(
            """
            UPDATE plan_change SET next_check_at = :now
            WHERE organization_id = :organizationId AND status = 'awaiting-authentication'
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** When the last but so many changes of an organization, from 1, was declined; empty: never. */
  Optional<Instant> declined(UUID organizationId, int number) {
    return jdbc.sql(
            """
            SELECT changed_at FROM plan_change
            WHERE organization_id = :organizationId AND decline_code IS NOT NULL
            ORDER BY changed_at DESC OFFSET :before LIMIT 1
            """)
        .param("organizationId", organizationId)
        .param("before", number - 1)
        .query((row, _) -> Columns.instant(row, "changed_at"))
        .optional();
  }

  /**
   * Whether an organization has had a larger plan since then, which it did not begin with, and a
   * smaller one after that.
   */
  boolean hasGoneUpAndDown(UUID organizationId, Instant since) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM plan_change up
                JOIN plan_change down ON down.organization_id = up.organization_id
                WHERE up.organization_id = :organizationId AND up.status = 'applied'
                  AND up.kind = 'upgrade' AND NOT up.ends_trial AND up.changed_at > :since
                  AND down.status = 'applied' AND down.kind IN ('downgrade', 'purchase')
                  AND down.changed_at > up.changed_at)
            """)
        .param("organizationId", organizationId)
        .param("since", Parameters.instant(since))
        .query(Boolean.class)
        .single();
  }

  /** Keeps what a change would cost. */
  void insert(PlanChangePreview preview) {
    Money price = preview.price();
    jdbc.sql(
            """
            INSERT INTO plan_change_preview (
                id, organization_id, from_plan_id, plan_id, currency, proration_date, price_minor,
                due_minor, effective_at, expires_at)
            VALUES (
                :id, :organizationId, :fromPlanId, :planId, :currency, :prorationDate, :price, :due,
                :effectiveAt, :expiresAt)
            """)
        .param("id", preview.id())
        .param("organizationId", preview.organizationId())
        .param("fromPlanId", preview.fromPlanId())
        .param("planId", preview.planId())
        .param("currency", Parameters.currency(preview.due().currency()))
        .param("prorationDate", Parameters.instant(preview.prorationDate()))
        .param("price", price == null ? null : price.amountMinor(), Types.BIGINT)
        .param("due", preview.due().amountMinor())
        .param("effectiveAt", Parameters.instant(preview.effectiveAt()))
        .param("expiresAt", Parameters.instant(preview.expiresAt()))
        .update();
  }

  /** A preview of this organization. */
  Optional<PlanChangePreview> preview(UUID organizationId, UUID id) {
    return jdbc.sql(
            """
            SELECT * FROM plan_change_preview
            WHERE id = :id AND organization_id = :organizationId
            """)
        .param("id", id)
        .param("organizationId", organizationId)
        .query(PlanChanges::readPreview)
        .optional();
  }

  /** Forgets previews that cannot be used any more. */
  void forgetPreviews(Instant now) {
    jdbc.sql("DELETE FROM plan_change_preview WHERE expires_at < :now")
        .param("now", Parameters.instant(now))
        .update();
  }

  private static PlanChangePreview readPreview(ResultSet row, int number) throws SQLException {
    return new PlanChangePreview(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getString("from_plan_id"),
        row.getString("plan_id"),
        Columns.instant(row, "proration_date"),
        row.getObject("price_minor") == null ? null : Columns.money(row, "price_minor"),
        Columns.money(row, "due_minor"),
        Columns.instant(row, "effective_at"),
        Columns.instant(row, "expires_at"));
  }

  private static PlanChange read(ResultSet row, int number) throws SQLException {
    return new PlanChange(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        Columns.constant(PlanChange.Kind.class, row, "kind"),
        Columns.constant(PlanChangeStatus.class, row, "status"),
        row.getString("from_plan_id"),
        row.getString("plan_id"),
        Columns.currency(row, "currency"),
        Columns.instant(row, "proration_date"),
        Columns.instant(row, "effective_at"),
        row.getBoolean("ends_trial"),
        row.getInt("attempt"),
        row.getInt("drop_attempt"),
        row.getString("stripe_subscription_id"),
        row.getString("authentication_url"),
        row.getString("decline_code"),
        Columns.instantOrNull(row, "next_check_at"),
        Columns.instant(row, "requested_at"),
        Columns.instant(row, "changed_at"));
  }
}
