package io.cpdevents.billing.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.invoices.Invoice;
import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers of Stripe about a subscription and about its invoices that come in another order. */
@CpdIntegrationTest(
    properties = {
      "cpd.public-url=http://localhost:8080",
      "cpd.security.internal-token=internal-token-of-the-test",
      "cpd.stripe.webhook-secrets=whsec_old,whsec_test",
      "cpd.stripe.connect-webhook-secrets=whsec_connect"
    })
@WithStripeSandbox(webhooks = "/webhooks/stripe", webhookSecret = "whsec_test")
class AnswersInOrderIT {

  private static final Money PRICE = Money.of(9_900, "CAD");

  @Autowired Subscriptions subscriptions;
  @Autowired SaveSubscription save;
  @Autowired ApplySubscription apply;
  @Autowired FollowInvoices followInvoices;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired RecordedEvents events;

  private final UUID organization = Ids.next();
  private final String stripeId = "sub_" + organization;

  @BeforeEach
  void it_is_active() {
    Instant now = clock.instant();
    transaction.executeWithoutResult(_ -> {
      save.ifAbsent(Subscription.free(organization, now));
      Subscription free = subscriptions.lock(organization).orElseThrow();
      subscriptions.update(free.requestTrial(Plan.TRIED, now).orElseThrow());
    });
    told(StripeSubscription.Status.ACTIVE, subscriptions.nextQuestion());
    transaction.executeWithoutResult(_ -> subscriptions.notePaid(organization));
  }

  @Test
  void a_late_answer_that_it_was_active_does_not_end_the_grace_that_has_begun_since() {
    long early = subscriptions.nextQuestion();
    assertThat(exhausted(subscriptions.nextQuestion())).isTrue();

    told(StripeSubscription.Status.ACTIVE, early);

    assertThat(status()).isEqualTo(SubscriptionStatus.GRACE);
    events.await(GraceStarted.class, event -> event.organizationId().equals(organization));
    assertThat(told(RenewalRecovered.class)).isZero();
  }

  @Test
  void an_earlier_answer_that_the_last_attempt_failed_begins_no_grace_of_what_is_paid_since() {
    told(StripeSubscription.Status.PAST_DUE, subscriptions.nextQuestion());
    long early = subscriptions.nextQuestion();
    told(StripeSubscription.Status.ACTIVE, subscriptions.nextQuestion());

    assertThat(exhausted(early)).isFalse();

    assertThat(status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(told(GraceStarted.class)).isZero();
  }

  @Test
  void when_a_grace_begins_stripe_is_asked_at_once_and_again_at_its_end_at_the_latest() {
    // In one transaction, so that no job asks in between.
    transaction.executeWithoutResult(_ -> {
      followInvoices.changed(null, unpaid(null), subscriptions.nextQuestion());
      Instant end = subscriptions.find(organization).orElseThrow().graceEndsAt();
      assertThat(nextCheck()).isEqualTo(clock.instant());
      Instant before = clock.instant().plus(Duration.ofDays(13));
      subscriptions.checkAgain(organization, before, before.plus(Duration.ofDays(5)));
      assertThat(nextCheck()).isEqualTo(end);
    });
  }

  @Test
  void what_is_paid_while_it_is_doubted_that_stripe_has_given_it_up_is_asked_about_all_the_same() {
    Instant now = clock.instant();
    told(StripeSubscription.Status.PAST_DUE, subscriptions.nextQuestion());
    jdbc.sql(
            """
            INSERT INTO invoice (
                id, stripe_id, organization_id, stripe_subscription_id, status, currency,
                total_minor, paid_minor, period_starts_at, period_ends_at, created_at, attempts,
                billing_reason, question, doubted_since)
            VALUES (
                :id, :stripeId, :organization, :subscription, 'open', 'CAD', 9900, 0, :now, :now,
                :now, 8, 'subscription_cycle', 1, :now)
            """)
        .param("id", Ids.next())
        .param("stripeId", "in_" + organization)
        .param("organization", organization)
        .param("subscription", stripeId)
        .param("now", Parameters.instant(now))
        .update();

    told(StripeSubscription.Status.ACTIVE, subscriptions.nextQuestion());

    assertThat(nextCheck()).isEqualTo(now.plus(Duration.ofHours(1)));
  }

  private void told(StripeSubscription.Status status, long question) {
    Instant now = clock.instant();
    StripeSubscription told =
        new StripeSubscription(
            stripeId,
            "cus_1",
            organization,
            status,
            null,
            true,
            new StripeSubscription.Period(now, now.plus(Duration.ofDays(31))),
            new StripeSubscription.Item("si_1", "price_1", "cpd-" + Plan.TRIED),
            null,
            null,
            null,
            null);
    transaction.executeWithoutResult(
        _ -> apply.handle(ApplySubscription.Command.withoutChange(organization, told, question)));
  }

  private boolean exhausted(long question) {
    return Boolean.TRUE.equals(
        transaction.execute(status -> {
          boolean isTaken = followInvoices.changed(null, unpaid(null), question);
          if (!isTaken) {
            status.setRollbackOnly();
          }
          return isTaken;
        }));
  }

  private Invoice unpaid(@Nullable Instant nextAttemptAt) {
    Instant now = clock.instant();
    return new Invoice(
        organization,
        new StripeInvoice(
            "in_" + organization,
            "cus_1",
            stripeId,
            "A-1",
            StripeInvoice.Status.OPEN,
            PRICE,
            Money.of(0, "CAD"),
            PRICE,
            now,
            now.plus(Duration.ofDays(31)),
            null,
            now,
            8,
            nextAttemptAt,
            null,
            null,
            "subscription_cycle"),
        null);
  }

  private SubscriptionStatus status() {
    return subscriptions.find(organization).orElseThrow().status();
  }

  private @Nullable Instant nextCheck() {
    return subscriptions.find(organization).orElseThrow().nextCheckAt();
  }

  private long told(Class<? extends SubscriptionEvent> type) {
    return events.all(type).stream()
        .filter(event -> event.organizationId().equals(organization))
        .count();
  }
}
