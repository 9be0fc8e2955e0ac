package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about subscriptions, and about who has tried a plan. */
@Component
class Subscriptions {

  /**
   * A subscription of which something is expected.
   *
   * @param checks how often Stripe has been asked since its last change
   */
  record Due(UUID organizationId, int checks) {}

  /**
   * An organization as a customer.
   *
   * @param attempt how often Stripe was asked to make it, from 1
   * @param stripeId null until Stripe has answered
   */
  record Customer(UUID organizationId, int attempt, @Nullable String stripeId) {}

  private final JdbcClient jdbc;

  Subscriptions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps who owns an organization, unless a later version of it is kept. */
  void keepOwner(UUID organizationId, long version, UUID ownerAccountId) {
    jdbc.sql(
            """
            INSERT INTO organization_owner AS kept (organization_id, version, owner_account_id)
            VALUES (:organizationId, :version, :ownerAccountId)
            ON CONFLICT (organization_id) DO UPDATE
            SET version = excluded.version, owner_account_id = excluded.owner_account_id
            WHERE kept.version < excluded.version
            """)
        .param("organizationId", organizationId)
        .param("version", version)
        .param("ownerAccountId", ownerAccountId)
        .update();
  }

  /** Who owns an organization; empty when that has not been told yet. */
  Optional<UUID> owner(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT owner_account_id FROM organization_owner WHERE organization_id = :organizationId
            """)
        .param("organizationId", organizationId)
        .query(UUID.class)
        .optional();
  }

  /**
   * Notes that an organization and its owner try a plan.
   *
   * @return false when one of them has done so before
   */
  boolean useTrial(UUID organizationId, UUID ownerAccountId, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO trial_use (organization_id, owner_account_id, used_at)
                VALUES (:organizationId, :ownerAccountId, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("organizationId", organizationId)
            .param("ownerAccountId", ownerAccountId)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /**
   * Adds a subscription that nobody has changed.
   *
   * @return false when the organization has one
   */
  boolean insert(Subscription subscription) {
    return jdbc.sql(
                """
                INSERT INTO subscription (
                    organization_id, status, plan_id, version, currency, created_at, changed_at)
                VALUES (:organizationId, :status, :planId, :version, :currency, :now, :now)
                ON CONFLICT (organization_id) DO NOTHING
                """)
            .param("organizationId", subscription.organizationId())
            .param("status", Parameters.constant(subscription.status()))
            .param("planId", subscription.planId())
            .param("version", subscription.version())
            .param("currency", Parameters.currency(subscription.currency()))
            .param("now", Parameters.instant(subscription.changedAt()))
            .update()
        == 1;
  }

  Optional<Subscription> find(UUID organizationId) {
    return find(organizationId, "");
  }

  /** The subscription, locked until the transaction ends. */
  Optional<Subscription> lock(UUID organizationId) {
    return find(organizationId, " FOR NO KEY UPDATE");
  }

  private Optional<Subscription> find(UUID organizationId, String lock) {
    return jdbc.sql("SELECT * FROM subscription WHERE organization_id = :organizationId" + lock)
        .param("organizationId", organizationId)
        .query(Subscriptions::read)
        .optional();
  }

  /** Whose subscription has this id at Stripe. */
  Optional<UUID> organizationOf(String stripeId) {
    return jdbc.sql("SELECT organization_id FROM subscription WHERE stripe_subscription_id = :id")
        .param("id", stripeId)
        .query(UUID.class)
        .optional();
  }

  /** Saves a locked subscription. */
  void update(Subscription subscription) {
    Trial trial = subscription.trial();
    jdbc.sql(
            """
            UPDATE subscription
            SET status = :status, plan_id = :planId, version = :version,
                trial_plan_id = :trialPlanId, trial_started_at = :trialStartedAt,
                trial_ends_at = :trialEndsAt, trial_attempt = :trialAttempt,
                next_notice_at = :nextNoticeAt, stripe_subscription_id = :stripeId,
                checks = CASE WHEN status = :status THEN checks ELSE 0 END,
                next_check_at = :nextCheckAt, changed_at = :changedAt
            WHERE organization_id = :organizationId
            """)
        .param("organizationId", subscription.organizationId())
        .param("status", Parameters.constant(subscription.status()))
        .param("planId", subscription.planId())
        .param("version", subscription.version())
        .param("trialPlanId", Parameters.text(trial == null ? null : trial.planId()))
        .param("trialStartedAt", Parameters.instant(trial == null ? null : trial.startedAt()))
        .param("trialEndsAt", Parameters.instant(trial == null ? null : trial.endsAt()))
        .param("trialAttempt", trial == null ? 1 : trial.attempt())
        .param("nextNoticeAt", Parameters.instant(trial == null ? null : trial.nextNoticeAt()))
        .param("stripeId", Parameters.text(subscription.stripeId()))
        .param("nextCheckAt", Parameters.instant(subscription.nextCheckAt()))
        .param("changedAt", Parameters.instant(subscription.changedAt()))
        .update();
  }

  /** Of which Stripe is to be asked now, those that wait longest first. */
  List<Due> toCheck(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT organization_id, checks FROM subscription
            WHERE next_check_at <= :now ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> new Due(Columns.uuid(row, "organization_id"), row.getInt("checks")))
        .list();
  }

  /** Postpones the next question, unless nothing is expected any more. */
  void checkAgain(UUID organizationId, Instant at) {
    jdbc.sql(
            """
            UPDATE subscription SET checks = checks + 1, next_check_at = :at
            WHERE organization_id = :organizationId AND next_check_at IS NOT NULL
            """)
        .param("organizationId", organizationId)
        .param("at", Parameters.instant(at))
        .update();
  }

  /** About whose trial's end people are to be told now. */
  List<UUID> toNotify(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT organization_id FROM subscription
            WHERE next_notice_at <= :now AND status = 'trialing'
            ORDER BY next_notice_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, _) -> Columns.uuid(row, "organization_id"))
        .list();
  }

  Customer customer(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT customer_attempt, stripe_customer_id FROM subscription
            WHERE organization_id = :organizationId
            """)
        .param("organizationId", organizationId)
        .query((row, _) ->
            new Customer(
                organizationId,
                row.getInt("customer_attempt"),
                row.getString("stripe_customer_id")))
        .single();
  }

  /** Saves Stripe's id of the customer; whoever was first is right, and both have the same. */
  void identifyCustomer(UUID organizationId, String stripeId) {
    jdbc.sql(
            """
            UPDATE subscription SET stripe_customer_id = :stripeId
            WHERE organization_id = :organizationId AND stripe_customer_id IS NULL
            """)
        .param("stripeId", stripeId)
        .param("organizationId", organizationId)
        .update();
  }

  /** Begins the next attempt to make a customer, unless somebody else has. */
  void beginNextCustomerAttempt(Customer customer) {
    jdbc.sql(
            """
            UPDATE subscription SET customer_attempt = customer_attempt + 1
            WHERE organization_id = :organizationId AND customer_attempt = :attempt
                  AND stripe_customer_id IS NULL
            """)
        .param("organizationId", customer.organizationId())
        .param("attempt", customer.attempt())
        .update();
  }

  private static Subscription read(ResultSet row, int number) throws SQLException {
    return new Subscription(
        Columns.uuid(row, "organization_id"),
        Columns.constant(SubscriptionStatus.class, row, "status"),
        row.getString("plan_id"),
        row.getLong("version"),
        Columns.currency(row, "currency"),
        trial(row),
        row.getString("stripe_subscription_id"),
        Columns.instantOrNull(row, "next_check_at"),
        Columns.instant(row, "changed_at"));
  }

  private static @Nullable Trial trial(ResultSet row) throws SQLException {
    Instant endsAt = Columns.instantOrNull(row, "trial_ends_at");
    return endsAt == null
        ? null
        : new Trial(
            row.getString("trial_plan_id"),
            Objects.requireNonNull(Columns.instantOrNull(row, "trial_started_at")),
            endsAt,
            row.getInt("trial_attempt"),
            Columns.instantOrNull(row, "next_notice_at"));
  }
}
