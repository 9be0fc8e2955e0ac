package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class PayoutIT {

  private static final long PRICE_MINOR = 100_00;
  private static final Duration UNTIL_EVENT = Duration.ofDays(1);
  private static final Duration UNTIL_RELEASE = Duration.ofDays(9);
  private static final Duration A_WEEK = Duration.ofDays(7);
  private static final Duration UNTIL_ARRIVAL = Duration.ofDays(6);

  @Test
  void an_organization_with_a_schedule_is_paid_by_itself_and_reads_what_for(World world) {
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    organization.isPaidWeekly();
    PublishedEvent event = eventOf(organization);
    Registration kept = world.somebody("Kim Keeps").registersFor(event, 1).isPaid().becomes("confirmed");
    world.await("what was earned is pending", () -> organization.balanceMinor("pending") > 0);
    long earned = organization.balanceMinor("pending");

    world.passes(UNTIL_RELEASE);
    world.passes(A_WEEK);

    world.await("it is paid by itself", () -> !organization.payouts().isEmpty());
    Payout payout = organization.payouts().getFirst().becomes("in-transit");
    world.passes(UNTIL_ARRIVAL);
    payout.becomes("paid");
    assertThat(organization.payouts()).hasSize(1);
    JsonNode statement = payout.statement();
    assertThat(statement.path("lines")).hasSize(1);
    JsonNode line = statement.path("lines").get(0);
    assertThat(line.path("reference").asString()).isEqualTo(kept.reference());
    assertThat(line.path("gross").path("amountMinor").asLong()).isEqualTo(PRICE_MINOR);
    assertThat(line.path("net").path("amountMinor").asLong()).isEqualTo(earned);
    assertThat(statement.path("totals").path("net").path("amountMinor").asLong()).isEqualTo(earned);
  }

  @Test
  void what_an_event_has_earned_reaches_the_bank_of_its_organization(World world) {
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    world.mailbox().awaitMail(organization.owner().email(), "Institute");
    PublishedEvent event = eventOf(organization);
    world.somebody("Paula Payer").registersFor(event, 2).isPaid().becomes("confirmed");
    world.await("what was earned is pending", () -> organization.balanceMinor("pending") > 0);
    long earned = organization.balanceMinor("pending");
    assertThat(organization.balanceMinor("available")).isZero();

    world.passes(UNTIL_RELEASE);

    assertThat(organization.balanceMinor("available")).isEqualTo(earned);
    Payout payout = organization.asksForPayout();
    assertThat(payout.amountMinor()).isEqualTo(earned);
    payout.becomes("in-transit");
    assertThat(organization.balanceMinor("available")).isZero();

    world.passes(UNTIL_ARRIVAL);

    payout.becomes("paid");
    world.await("it is paid out", () -> organization.balanceMinor("paidOut") == earned);
    assertThat(organization.balanceMinor("inTransit")).isZero();
  }

  private static PublishedEvent eventOf(Organization organization) {
    Instant startsAt = organization.world().now().plus(UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    return EventDraft.of(organization, 10)
        .with("startsAt", startsAt)
        .with("endsAt", startsAt.plus(Duration.ofHours(3)))
        .publishedAt(PRICE_MINOR);
  }
}
