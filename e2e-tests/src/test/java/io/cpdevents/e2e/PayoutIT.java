package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

@Journey
class PayoutIT {

  private static final long PRICE_MINOR = 100_00;
  private static final Duration UNTIL_EVENT = Duration.ofDays(1);
  private static final Duration UNTIL_RELEASE = Duration.ofDays(9);
  private static final Duration UNTIL_ARRIVAL = Duration.ofDays(6);

  @Test
  void what_an_event_has_earned_reaches_the_bank_of_its_organization(World world) {
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    world.mailbox().awaitMail(organization.owner().email(), "Institute");
    Instant startsAt = world.now().plus(UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    PublishedEvent event =
        EventDraft.of(organization, 10)
            .with("startsAt", startsAt)
            .with("endsAt", startsAt.plus(Duration.ofHours(3)))
            .publishedAt(PRICE_MINOR);
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
}
