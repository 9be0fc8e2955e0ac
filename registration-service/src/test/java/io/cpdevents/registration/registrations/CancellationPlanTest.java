package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventPlace;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import io.cpdevents.registration.registrations.CancellationPlan.Wish;
import io.cpdevents.registration.registrations.RefundConditions.Moved;
import io.cpdevents.registration.registrations.Settlement.Confirmed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CancellationPlanTest {

  private static final UUID ENTRY = Ids.next();
  private static final UUID REFUND = Ids.next();

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant STARTS_AT = NOW.plus(Duration.ofDays(10));
  private static final EventPlace PLACE =
      new EventPlace(STARTS_AT, STARTS_AT.plusSeconds(3_600), EventMode.ONLINE, null);
  private static final Tier HALF = new Tier(100, 5_000);
  private static final RefundPolicy POLICY = new RefundPolicy(List.of(HALF), true);
  private static final Wish ALL = new Wish(null, null);

  private final UUID organizationId = Ids.next();
  private final UUID buyerId = Ids.next();
  private final Caller buyer = caller(buyerId, null);
  private final Caller admin = caller(Ids.next(), OrganizationRole.ADMIN);
  private final Caller owner = caller(Ids.next(), OrganizationRole.OWNER);

  @Test
  void a_buyer_cancels_by_the_policy() {
    CancellationPlan plan = plan(ALL, buyer, NOW);
    assertThat(plan.cause()).isEqualTo(CancellationCause.ATTENDEE);
    assertThat(plan.tier()).isEqualTo(HALF);
    assertThat(plan.terms()).isEqualTo(new RefundTerms.Share(5_000));
    assertThat(plan.tickets()).hasSize(1);
  }

  @Test
  void nothing_goes_back_when_no_tier_is_open_any_more() {
    CancellationPlan plan = plan(ALL, buyer, STARTS_AT.minusSeconds(1));
    assertThat(plan.tier()).isNull();
    assertThat(plan.terms()).isEqualTo(RefundTerms.nothing());
  }

  @Test
  void a_buyer_cancels_until_the_event_starts_and_the_organization_at_any_time() {
    assertThat(plan(ALL, buyer, STARTS_AT.minusMillis(1)).tickets()).hasSize(1);
    refused("event-started", () -> plan(ALL, buyer, STARTS_AT));
    Instant longAfter = STARTS_AT.plus(Duration.ofDays(300));
    assertThat(plan(ALL, admin, longAfter).cause()).isEqualTo(CancellationCause.ORGANIZATION);
  }

  @Test
  void a_buyer_may_let_go_of_a_hold_also_when_the_event_has_started() {
    CancellationPlan plan =
        CancellationPlan.of(
            ALL, buyer, booked(held()), conditions(EventStatus.PUBLISHED), STARTS_AT);
    assertThat(plan.cause()).isEqualTo(CancellationCause.ATTENDEE);
    assertThat(plan.tier()).isNull();
  }

  @Test
  void the_organization_says_how_much_goes_back() {
    assertThat(plan(ALL, owner, NOW).terms()).isEqualTo(new RefundTerms.Share(5_000));
    assertThat(plan(wish(RefundChoice.BY_POLICY), admin, NOW).terms())
        .isEqualTo(new RefundTerms.Share(5_000));
    assertThat(plan(wish(RefundChoice.FULL), admin, NOW).terms())
        .isEqualTo(RefundTerms.everything());
    assertThat(plan(wish(RefundChoice.NONE), admin, NOW).terms()).isEqualTo(RefundTerms.nothing());
  }

  @Test
  void nobody_else_says_how_much_goes_back() {
    for (RefundChoice choice : RefundChoice.values()) {
      refused("role-missing", () -> plan(wish(choice), buyer, NOW));
      Caller buyingStaff = caller(buyerId, OrganizationRole.STAFF);
      refused("role-missing", () -> plan(wish(choice), buyingStaff, NOW));
    }
    assertThat(plan(ALL, caller(buyerId, OrganizationRole.STAFF), NOW).cause())
        .isEqualTo(CancellationCause.ATTENDEE);
  }

  @Test
  void an_organizer_who_has_booked_acts_as_the_buyer_unless_the_wish_is_an_organizations() {
    Caller both = caller(buyerId, OrganizationRole.OWNER);
    assertThat(plan(ALL, both, NOW).cause()).isEqualTo(CancellationCause.ATTENDEE);
    CancellationPlan full = plan(wish(RefundChoice.FULL), both, NOW);
    assertThat(full.cause()).isEqualTo(CancellationCause.ORGANIZATION);
    assertThat(full.terms()).isEqualTo(RefundTerms.everything());
  }

  @Test
  void strangers_find_nothing_and_members_without_the_role_may_not() {
    refused("registration-not-found", () -> plan(ALL, caller(Ids.next(), null), NOW));
    refused(
        "registration-not-found",
        () -> plan(wish(RefundChoice.FULL), caller(Ids.next(), null), NOW));
    for (OrganizationRole role : List.of(OrganizationRole.STAFF, OrganizationRole.FINANCE)) {
      refused("role-missing", () -> plan(ALL, caller(Ids.next(), role), NOW));
    }
  }

  @Test
  void a_cancelled_event_cancels_its_registrations_itself() {
    for (Caller caller : List.of(buyer, admin)) {
      refused(
          "event-cancelled",
          () ->
              CancellationPlan.of(
                  ALL, caller, booked(confirmed()), conditions(EventStatus.CANCELLED), NOW));
    }
  }

  @Test
  void everything_goes_back_for_a_while_when_the_event_was_moved() {
    EventPlace planned =
        new EventPlace(
            STARTS_AT.minusSeconds(7_200), STARTS_AT.minusSeconds(3_600), EventMode.ONLINE, null);
    Instant freeUntil = NOW.plus(Duration.ofDays(7));
    CancellationPlan inTime = planMoved(planned, freeUntil, freeUntil.minusMillis(1));
    assertThat(inTime.terms()).isEqualTo(RefundTerms.everything());
    assertThat(inTime.freeUntil()).isEqualTo(freeUntil);
    assertThat(planMoved(planned, freeUntil, freeUntil).terms()).isEqualTo(RefundTerms.nothing());
    assertThat(planMoved(PLACE, freeUntil, NOW).freeUntil()).isNull();
    assertThat(planMoved(planned, null, NOW).freeUntil()).isNull();
    Instant behindTheStart = STARTS_AT.plus(Duration.ofDays(1));
    assertThat(planMoved(planned, behindTheStart, NOW).freeUntil()).isEqualTo(STARTS_AT);
  }

  private CancellationPlan planMoved(EventPlace planned, @Nullable Instant freeUntil, Instant now) {
    RefundConditions conditions =
        new RefundConditions(
            EventStatus.PUBLISHED, PLACE, STARTS_AT, new Moved(planned, freeUntil), POLICY);
    return CancellationPlan.of(ALL, buyer, booked(confirmed()), conditions, now);
  }

  private CancellationPlan plan(Wish wish, Caller caller, Instant now) {
    return CancellationPlan.of(
        wish, caller, booked(confirmed()), conditions(EventStatus.PUBLISHED), now);
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static Wish wish(RefundChoice choice) {
    return new Wish(null, choice);
  }

  private static RefundConditions conditions(EventStatus status) {
    return new RefundConditions(status, PLACE, STARTS_AT, null, POLICY);
  }

  private Caller caller(UUID accountId, @Nullable OrganizationRole role) {
    return new Caller(
        accountId,
        Ids.next(),
        Set.of(),
        role == null ? Map.of() : Map.of(organizationId, role),
        null);
  }

  private static RegistrationWithTickets booked(Registration registration) {
    return new RegistrationWithTickets(
        registration,
        List.of(
            new Ticket(
                Ids.next(),
                Ids.next(),
                registration.total(),
                Money.zero(registration.total().currency()),
                TicketStatus.VALID)));
  }

  private Registration confirmed() {
    Registration held = held();
    return held.settle(Ids.next(), held.total(), false, ENTRY, REFUND, NOW)
            instanceof Confirmed(Transition confirmed)
        ? confirmed.registration()
        : held;
  }

  private Registration held() {
    EventSummary event =
        new EventSummary(
            Ids.next(),
            organizationId,
            "Wound care",
            EventMode.ONLINE,
            STARTS_AT,
            STARTS_AT.plusSeconds(3_600),
            "America/Toronto",
            null);
    return Registration.placed(
        Ids.next(), buyerId, event, Money.of(15_000, "CAD"), NOW, Duration.ofMinutes(30));
  }
}
