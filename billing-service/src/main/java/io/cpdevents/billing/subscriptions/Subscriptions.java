package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about subscriptions. */
@Component
class Subscriptions {

  /**
   * A subscription of which something is expected.
   *
   * @param checks how often Stripe has been asked since its last change
   */
  record Due(UUID organizationId, int checks) {}

  private final JdbcClient jdbc;

  Subscriptions(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
    AtStripe atStripe = subscription.atStripe();
    jdbc.sql(
            """
            UPDATE subscription
            SET status = :status, plan_id = :planId, version = :version,
                trial_plan_id = :trialPlanId, trial_started_at = :trialStartedAt,
                trial_ends_at = :trialEndsAt, trial_attempt = :trialAttempt,
                grace_ends_at = :graceEndsAt, next_notice_at = :nextNoticeAt,
                currency = :currency, stripe_subscription_id = :stripeId,
                subscribed_plan_id = :subscribedPlanId, month_paid = :monthPaid,
                plan_lost = plan_lost OR :planLost,
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
        .param("currency", Parameters.currency(subscription.currency()))
        .param("graceEndsAt", Parameters.instant(subscription.graceEndsAt()))
        .param("nextNoticeAt", Parameters.instant(trial == null ? null : trial.nextNoticeAt()))
        .param("stripeId", Parameters.text(subscription.stripeId()))
        .param("subscribedPlanId", Parameters.text(atStripe == null ? null : atStripe.planId()))
        .param("monthPaid", atStripe != null && atStripe.isPaid())
        .param("planLost", atStripe != null && atStripe.isAfterLoss())
        .param("nextCheckAt", Parameters.instant(subscription.nextCheckAt()))
        .param("changedAt", Parameters.instant(subscription.changedAt()))
        .update();
  }

  /** Numbers a question to Stripe: its answer never replaces that to a later one. */
  long nextQuestion() {
    return jdbc.sql("SELECT nextval('plan_question')").query(Long.class).single();
  }

  /**
   * Takes the answer to a question.
   *
   * @return false when that to a later one was taken
   */
  boolean answer(UUID organizationId, long question) {
    return jdbc.sql(
                """
                UPDATE subscription SET question = :question
                WHERE organization_id = :organizationId AND question < :question
                """)
            .param("organizationId", organizationId)
            .param("question", question)
            .update()
        == 1;
  }

  /** Whether the plan goes on after its month, as Stripe has told. */
  boolean renews(UUID organizationId) {
    return jdbc.sql("SELECT renews FROM subscription WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .query(Boolean.class)
        .optional()
        .orElse(true);
  }

  /** Keeps whether the plan goes on after its month. */
  void keepRenewal(UUID organizationId, boolean renews) {
    jdbc.sql("UPDATE subscription SET renews = :renews WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .param("renews", renews)
        .update();
  }

  /**
   * Begins to change that, unless somebody else does so now.
   *
   * @param until when it counts as over: whoever makes it may die
   * @return its number, from 1; empty when another change is under way
   */
  Optional<Integer> beginRenewalChange(UUID organizationId, Instant now, Instant until) {
    return jdbc.sql(
            """
            UPDATE subscription
            SET renewal_attempt = renewal_attempt + 1, renewal_changing_until = :until
            WHERE organization_id = :organizationId
                  AND coalesce(renewal_changing_until <= :now, true)
            RETURNING renewal_attempt
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .param("until", Parameters.instant(until))
        .query(Integer.class)
        .optional();
  }

  /** Whether somebody changes that now. */
  boolean isRenewalChanging(UUID organizationId, Instant now) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM subscription
                WHERE organization_id = :organizationId AND renewal_changing_until > :now)
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .query(Boolean.class)
        .single();
  }

  /** Whether what Stripe has answered to the last such change is kept. */
  boolean isRenewalKnown(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT renewal_changing_until IS NULL FROM subscription
            WHERE organization_id = :organizationId
            """)
        .param("organizationId", organizationId)
        .query(Boolean.class)
        .optional()
        .orElse(true);
  }

  /**
   * The number of the last such change, when it is over and it is not known what came of it.
   *
   * @param before when it was over at the latest
   */
  Optional<Integer> unknownRenewal(UUID organizationId, Instant before) {
    return jdbc.sql(
            """
            SELECT renewal_attempt FROM subscription
            WHERE organization_id = :organizationId AND renewal_changing_until <= :before
            """)
        .param("organizationId", organizationId)
        .param("before", Parameters.instant(before))
        .query(Integer.class)
        .optional();
  }

  /**
   * Such a change is over, unless another one has begun.
   *
   * @param unknownSince when it is not known what came of it; null when it is
   */
  void endRenewalChange(UUID organizationId, int attempt, @Nullable Instant unknownSince) {
    jdbc.sql(
            """
            UPDATE subscription SET renewal_changing_until = :unknownSince
            WHERE organization_id = :organizationId AND renewal_attempt = :attempt
            """)
        .param("organizationId", organizationId)
        .param("attempt", attempt)
        .param("unknownSince", Parameters.instant(unknownSince))
        .update();
  }

  /** A month of the subscription at Stripe is paid. */
  void notePaid(UUID organizationId) {
    jdbc.sql("UPDATE subscription SET month_paid = true WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .update();
  }

  /**
   * Whether an organization has lost a plan that it had not paid for, and has renewed none since.
   */
  boolean isAfterLoss(UUID organizationId) {
    return jdbc.sql("SELECT plan_lost FROM subscription WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .query(Boolean.class)
        .single();
  }

  /** A month beyond the first one is paid: what was lost before does not count any more. */
  void forgetLoss(UUID organizationId) {
    jdbc.sql(
            """
            UPDATE subscription SET plan_lost = false
            WHERE organization_id = :organizationId AND plan_lost
            """)
        .param("organizationId", organizationId)
        .update();
  }

  /** Stripe is asked now about one that was not paid, since something may have paid it. */
  void checkNow(UUID organizationId, Instant now) {
    jdbc.sql(
            """
            UPDATE subscription SET next_check_at = :now
            WHERE organization_id = :organizationId AND status IN ('past-due', 'grace')
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Stripe is asked at a moment at the latest, as long as it has not given a month up. */
  void checkBy(UUID organizationId, Instant at) {
    jdbc.sql(
            """
            UPDATE subscription SET next_check_at = least(coalesce(next_check_at, :at), :at)
            WHERE organization_id = :organizationId AND status IN ('trialing', 'active', 'past-due')
            """)
        .param("organizationId", organizationId)
        .param("at", Parameters.instant(at))
        .update();
  }

  /** A grace is over now, if there is one. */
  void endGrace(UUID organizationId, Instant now) {
    jdbc.sql(
            """
            UPDATE subscription SET grace_ends_at = :now, next_check_at = :now
            WHERE organization_id = :organizationId AND grace_ends_at > :now
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** The month that is paid, unless a later one is known. */
  void keepPeriod(UUID organizationId, StripeSubscription.Period period) {
    jdbc.sql(
            """
            UPDATE subscription SET period_starts_at = :start, period_ends_at = :end
            WHERE organization_id = :organizationId
                  AND (period_starts_at IS NULL OR period_starts_at < :start)
            """)
        .param("organizationId", organizationId)
        .param("start", Parameters.instant(period.start()))
        .param("end", Parameters.instant(period.end()))
        .update();
  }

  /**
   * What Stripe has not told of the next month so long after the present one is asked for; before
   * that only when it is doubted that it has given an earlier one up.
   */
  void checkAfterPeriod(UUID organizationId, Duration maxTime) {
    jdbc.sql(
            """
            UPDATE subscription
            SET next_check_at = CASE
                    WHEN doubt.ends_at IS NULL
                    THEN greatest(next_check_at, period_ends_at + make_interval(secs => :seconds))
                    ELSE coalesce(next_check_at, doubt.ends_at) END
            FROM (SELECT max(doubted_since) + interval '1 hour' AS ends_at FROM invoice
                  WHERE organization_id = :organizationId AND status = 'open') AS doubt
            WHERE organization_id = :organizationId AND status = 'active'
            """)
        .param("organizationId", organizationId)
        .param("seconds", maxTime.toSeconds())
        .update();
  }

  /** The month that is or was paid last; empty when none was. */
  Optional<StripeSubscription.Period> period(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT period_starts_at, period_ends_at FROM subscription
            WHERE organization_id = :organizationId AND period_starts_at IS NOT NULL
            """)
        .param("organizationId", organizationId)
        .query((row, _) ->
            new StripeSubscription.Period(
                Columns.instant(row, "period_starts_at"), Columns.instant(row, "period_ends_at")))
        .optional();
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

  /** Postpones the next question, not beyond a grace, unless nothing is expected any more. */
  void checkAgain(UUID organizationId, Instant now, Instant at) {
    jdbc.sql(
            """
            UPDATE subscription
            SET checks = checks + 1,
                next_check_at =
                    CASE WHEN grace_ends_at > :now THEN least(grace_ends_at, :at) ELSE :at END
            WHERE organization_id = :organizationId AND next_check_at IS NOT NULL
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .param("at", Parameters.instant(at))
        .update();
  }

  /** What was told about the plan of a locked subscription. */
  void keepTold(UUID organizationId, String terms) {
    jdbc.sql("UPDATE subscription SET told_terms = :terms WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .param("terms", terms)
        .update();
  }

  /** The next version of what a locked subscription entitles to. */
  void beginNextVersion(UUID organizationId) {
    jdbc.sql(
            """
            UPDATE subscription SET version = version + 1 WHERE organization_id = :organizationId
            """)
        .param("organizationId", organizationId)
        .update();
  }

  /** Who is on a plan, and was told other terms of it. */
  List<UUID> toldOtherThan(Plan plan, int maxRows) {
    return jdbc.sql(
            """
            SELECT organization_id FROM subscription
            WHERE plan_id = :planId AND told_terms <> :terms LIMIT :maxRows
            """)
        .param("planId", plan.id())
        .param("terms", plan.terms())
        .param("maxRows", maxRows)
        .query((row, _) -> Columns.uuid(row, "organization_id"))
        .list();
  }

  /** Locks a subscription that is on a plan of which other terms were told. */
  boolean lockToldOtherThan(Plan plan, UUID organizationId) {
    return jdbc.sql(
            """
            SELECT organization_id FROM subscription
            WHERE organization_id = :organizationId AND plan_id = :planId AND told_terms <> :terms
            FOR NO KEY UPDATE
            """)
        .param("organizationId", organizationId)
        .param("planId", plan.id())
        .param("terms", plan.terms())
        .query(UUID.class)
        .optional()
        .isPresent();
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

  private static Subscription read(ResultSet row, int number) throws SQLException {
    return new Subscription(
        Columns.uuid(row, "organization_id"),
        Columns.constant(SubscriptionStatus.class, row, "status"),
        row.getString("plan_id"),
        row.getLong("version"),
        Columns.currency(row, "currency"),
        trial(row),
        Columns.instantOrNull(row, "grace_ends_at"),
        atStripe(row),
        Columns.instantOrNull(row, "next_check_at"),
        Columns.instant(row, "changed_at"));
  }

  private static @Nullable AtStripe atStripe(ResultSet row) throws SQLException {
    String id = row.getString("stripe_subscription_id");
    return id == null
        ? null
        : new AtStripe(
            id,
            row.getString("subscribed_plan_id"),
            row.getBoolean("month_paid"),
            row.getBoolean("plan_lost"));
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
