package io.cpdevents.e2e;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How organizations come to have money that can be paid out. */
public final class Payouts {

  /** So long after {@link #soonOver} was published, what it has earned is released. */
  public static final Duration UNTIL_RELEASE = Duration.ofDays(9);

  /** So long after that, it is released within hours. */
  public static final Duration UNTIL_SHORTLY_BEFORE_RELEASE = Duration.ofDays(8);

  /** So long after that it begins. */
  public static final Duration UNTIL_EVENT = Duration.ofDays(1);

  /** How long it takes. */
  public static final Duration LENGTH = Duration.ofHours(3);

  private static final int PLACES = 10;
  private static final long OTHERS_PRICE_MINOR = 500_00;

  private Payouts() {}

  /**
   * Lets another organization earn something that is available at once. Refunds and disputes of
   * other journeys cost fees, which would be missing at Stripe otherwise.
   */
  public static void othersHaveMoney(World world) {
    Payment payment =
        world
            .somebody("Otto Other")
            .registersFor(soonOver(world.anOrganization(), OTHERS_PRICE_MINOR), 1)
            .payment();
    payment.checkout().paysWith(Card.IS_AVAILABLE_AT_ONCE);
    payment.becomes("captured").isBookedAtStripe();
  }

  /** An organization that Stripe can pay, and whose event is over and was paid for. */
  public static Organization withMoney(World world, long priceMinor) {
    othersHaveMoney(world);
    Organization organization = world.anOrganization();
    organization.connects().isCompleted();
    PublishedEvent event = soonOver(organization, priceMinor);
    world
        .somebody("Paula Payer")
        .registersFor(event, 2)
        .isPaid()
        .becomes("confirmed")
        .payment()
        .isBookedAtStripe();
    world.await("what was earned is pending", () -> organization.balanceMinor("pending") > 0);
    world.leaps(UNTIL_RELEASE);
    return organization;
  }

  /** An event of tomorrow. */
  public static PublishedEvent soonOver(Organization organization, long priceMinor) {
    return draftOfTomorrow(organization, PLACES).publishedAt(priceMinor);
  }

  /** The same before it is published, with so many places. */
  public static EventDraft draftOfTomorrow(Organization organization, int places) {
    Instant startsAt = organization.world().now().plus(UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    return EventDraft.of(organization, places)
        .with("startsAt", startsAt)
        .with("endsAt", startsAt.plus(LENGTH));
  }
}
