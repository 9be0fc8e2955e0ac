package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class TrialEndIT {

  private static final String DAYS_LEFT = "3 days left: the trial of Professional";
  private static final String DAY_LEFT = "1 day left: the trial of Professional";
  private static final String PLAN = "The Professional plan of";
  private static final String ENDED = "The trial of Professional";
  private static final String CHECK_CARD = "Please check your card: the Professional plan of";
  private static final String CHARGED = "your card was charged";
  private static final String NOT_TRIED_AGAIN = "do not try it again";
  private static final String RECOVERED = "Nothing has changed for your events";
  private static final String REPLACED = "Another card pays for the plan of";
  private static final String LOST = "was not paid, so it has ended";
  private static final String NEITHER = "This card could not be charged: the";
  private static final int MAILS_BEFORE_ANOTHER_CARD = 3;
  private static final int FREE_PUBLICATIONS = 2;
  private static final long PRICE_MINOR = 100_00;

  @Test
  void a_trial_without_a_card_becomes_free_a_mail_tells_each_step_and_what_is_on_sale_stays_so(
      World world) {
    assertThat(world.api().get("/api/v1/plans").expect(200).data()).hasSize(3);
    Organization organization = world.anOrganization().triesProfessional();
    String owner = organization.owner().email();
    PublishedEvent event = organization.publishes(5, PRICE_MINOR);
    organization.publishes(5, 0);
    organization.publishes(5, 0);
    assertThat(platformFeeOfOneMore(world, organization, event)).isEqualTo(1_70);

    world.leaps(Duration.ofDays(11));
    world.mailbox().awaitMail(owner, DAYS_LEFT, "/organizations/" + organization.id());
    world.leaps(Duration.ofDays(2));
    world.mailbox().awaitMail(owner, DAY_LEFT);
    assertThat(organization.subscription().path("status").asString()).isEqualTo("trialing");
    world.leaps(Duration.ofDays(1));
    world.mailbox().awaitMail(owner, ENDED);

    assertThat(organization.subscription().path("status").asString()).isEqualTo("free");
    world.await(
        "the limits of Free hold",
        () -> organization.usage().at("/publications/limit").asInt(0) == FREE_PUBLICATIONS);
    assertThat(platformFeeOfOneMore(world, organization, event)).isEqualTo(5_50);
    // A month may have begun meanwhile.
    while (organization.usage().at("/publications/used").asInt() < FREE_PUBLICATIONS) {
      organization.publishes(5, 0);
    }
    assertThat(EventDraft.of(organization, 5).triesToPublishAt(0).expect(409).text("code"))
        .isEqualTo("plan-limit-reached");
    for (String subject : new String[] {DAYS_LEFT, DAY_LEFT, ENDED}) {
      assertThat(world.mailbox().find(owner, subject, "")).as(subject).hasSize(1);
    }
  }

  @Test
  void a_trial_with_a_card_is_charged_and_goes_on_as_a_paid_plan(World world) {
    Organization organization = world.anOrganization().triesProfessional();
    String owner = organization.owner().email();
    String card = organization.savesCard(Card.PAYS);
    String another = organization.savesCard(Card.IS_AVAILABLE_AT_ONCE);
    assertThat(organization.cards()).containsExactly(card, another);
    organization.choosesCard(another);
    organization.removesCard(card);
    assertThat(organization.cards()).containsExactly(another);

    world.leaps(Duration.ofDays(11));
    world.mailbox().awaitMail(owner, DAYS_LEFT, "your card is charged");
    world.leaps(Duration.ofDays(3));
    world.await("the plan is active", () -> hasStatus(organization, "active"));
    // Stripe leaves an invoice as a draft for an hour.
    world.leaps(Duration.ofHours(2));
    world.mailbox().awaitMail(owner, PLAN, "99.00");

    JsonNode invoice = organization.invoices().get(0);
    assertThat(invoice.path("status").asString()).isEqualTo("paid");
    assertThat(invoice.at("/paid/amountMinor").asLong()).isEqualTo(99_00);
    assertThat(invoice.path("pdfUrl").asString()).startsWith("https://");
    assertThat(organization.subscription().path("planId").asString()).isEqualTo("professional");
    assertThat(world.mailbox().find(owner, PLAN, CHARGED)).hasSize(1);
    assertThat(world.mailbox().find(owner, ENDED, "")).isEmpty();
    assertThat(organization.cancelsPlan().path("cancelAtPeriodEnd").asBoolean()).isTrue();
    assertThat(organization.resumesPlan().path("cancelAtPeriodEnd").asBoolean()).isFalse();
  }

  @Test
  void a_declined_or_expired_card_is_replaced_and_one_that_is_not_ends_in_free_with_events_on_sale(
      World world) {
    Organization mends = world.anOrganization().triesProfessional();
    Organization loses = world.anOrganization().triesProfessional();
    Organization expires = world.anOrganization().triesProfessional();
    for (Organization organization : List.of(mends, loses, expires)) {
      organization.savesCard(Card.PAYS);
    }
    world.leaps(Duration.ofDays(14));
    for (Organization organization : List.of(mends, loses)) {
      world.await("the plan is active", () -> hasStatus(organization, "active"));
    }
    world.leaps(Duration.ofHours(2));
    for (Organization organization : List.of(mends, loses)) {
      world.mailbox().awaitMail(organization.owner().email(), PLAN, CHARGED);
      world.stripe().declines(organization.cards().getFirst(), "insufficient_funds");
    }

    String expiring = expires.cards().getFirst();
    String next = expires.savesCard(Card.IS_AVAILABLE_AT_ONCE);
    world.stripe().expires(expiring, YearMonth.from(world.now().atZone(ZoneOffset.UTC)));

    Instant monthEnds = Collections.max(List.of(endOfMonth(mends), endOfMonth(loses)));
    world.leaps(Duration.between(world.now(), monthEnds).plusMinutes(1));
    String expiringOwner = expires.owner().email();
    world.mailbox().awaitMail(expiringOwner, REPLACED, "•••• 0007");
    assertThat(expires.cards()).containsExactly(next, expiring);
    for (Organization organization : List.of(mends, loses)) {
      world.await("the next month has begun", () -> endOfMonth(organization).isAfter(world.now()));
    }
    // Stripe leaves an invoice as a draft for an hour.
    world.leaps(Duration.ofHours(2));
    String mending = mends.owner().email();
    world.mailbox().awaitMail(mending, CHECK_CARD, "99.00");
    world.await(
        "the card in its place has paid",
        () -> expires.invoices().get(0).path("status").asString().equals("paid"));
    assertThat(hasStatus(expires, "active")).isTrue();
    for (int mails = 2; mails <= MAILS_BEFORE_ANOTHER_CARD; mails++) {
      world.leaps(Duration.ofDays(mails - 1));
      int told = mails;
      world.await(
          "mail " + mails + " about the card",
          () -> world.mailbox().find(mending, CHECK_CARD, "").size() == told);
    }
    mends.choosesCard(mends.savesCard(Card.IS_AVAILABLE_AT_ONCE));
    world.mailbox().awaitMail(mending, PLAN, RECOVERED);
    world.await("it is paid", () -> hasStatus(mends, "active"));
    for (int days = 0; days < 12; days++) {
      world.leaps(Duration.ofDays(1));
    }
    // That Stripe plans no other attempt is believed an hour after it was heard of.
    world.await(
        "the grace has begun",
        () -> {
          world.leaps(Duration.ofMinutes(10));
          return hasStatus(loses, "grace");
        });
    String losing = loses.owner().email();
    world.mailbox().awaitMail(losing, PLAN, NOT_TRIED_AGAIN);
    assertThat(hasStatus(loses, "grace")).isTrue();
    assertThat(world.mailbox().find(losing, CHECK_CARD, "").size()).isGreaterThan(2);
    String other = loses.savesCard(Card.PAYS);
    world.stripe().declines(other, "insufficient_funds");
    loses.choosesCard(other);
    world.mailbox().awaitMail(losing, NEITHER, "there is not enough on it");
    PublishedEvent event = loses.publishes(5, PRICE_MINOR);
    world.leaps(Duration.ofDays(14));
    world.mailbox().awaitMail(losing, PLAN, LOST);

    world.await("it is on Free", () -> hasStatus(loses, "free"));
    assertThat(world.mailbox().find(losing, PLAN, LOST)).hasSize(1);
    assertThat(world.mailbox().find(mending, PLAN, LOST)).isEmpty();
    world.await(
        "the limits of Free hold",
        () -> loses.usage().at("/publications/limit").asInt(0) == FREE_PUBLICATIONS);
    assertThat(platformFeeOfOneMore(world, loses, event)).isEqualTo(5_50);
  }

  private static Instant endOfMonth(Organization organization) {
    return Instant.parse(organization.subscription().at("/period/end").asString());
  }

  private static boolean hasStatus(Organization organization, String status) {
    return organization.subscription().path("status").asString().equals(status);
  }

  /** Somebody books and pays, and this is what the platform keeps of it. */
  private static long platformFeeOfOneMore(
      World world, Organization organization, PublishedEvent event) {
    Person ada = world.somebody("Ada Attendee");
    String payment =
        ada.registersFor(event, 1).isPaid().becomes("confirmed").payment().id().toString();
    return organization
        .owner()
        .api()
        .get("/api/v1/payments/" + payment)
        .expect(200)
        .json()
        .at("/platformFee/amountMinor")
        .asLong();
  }
}
