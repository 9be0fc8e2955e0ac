package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundLine;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketsCancelled;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.registrations.Cancellation.CancelledTicket;
import io.cpdevents.registration.registrations.Cancellation.Order;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import io.cpdevents.registration.registrations.Settlement.Confirmed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RegistrationWithTicketsTest {

  private static final UUID ENTRY = Ids.next();
  private static final UUID REFUND = Ids.next();

  private static final Instant PLACED_AT = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant NOW = PLACED_AT.plusSeconds(600);
  private static final UUID PAYMENT = Ids.next();

  private final Ticket first = ticket(10_000);
  private final Ticket second = ticket(5_000);
  private final Ticket free = ticket(0);
  private final RegistrationWithTickets paid = booked(confirmed(), first, second, free);
  private final RegistrationWithTickets held = booked(held(), first, second, free);

  @Test
  void a_hold_is_let_go_whole_and_nothing_goes_back_as_nothing_was_paid() {
    Cancellation cancellation =
        held.cancel(order(CancellationCause.ATTENDEE, RefundTerms.everything()), NOW);
    Transition transition = cancellation.transition();
    assertThat(transition.trigger()).isEqualTo(Trigger.CANCELLED);
    assertThat(transition.registration().status()).isEqualTo(RegistrationStatus.CANCELLED);
    assertThat(transition.registration().cancelledAt()).isEqualTo(NOW);
    assertThat(cancellation.refund()).isNull();
    assertThat(cancellation.refundTotal()).isEqualTo(Money.of(0, "CAD"));
    assertThat(cancellation.freedPlaces().wholeRegistration()).isTrue();
    Registration registration = held.registration();
    assertThat(transition.facts())
        .containsExactly(
            new RegistrationCancelled(
                registration.id(),
                registration.accountId(),
                registration.eventId(),
                registration.organizationId(),
                null,
                CancellationCause.ATTENDEE,
                false,
                List.of(first.id(), second.id(), free.id()),
                null,
                null,
                NOW));
  }

  @Test
  void what_went_back_before_is_taken_off_what_is_told_and_not_off_what_is_asked_for() {
    RegistrationWithTickets partly = booked(confirmed(), ticket(10_000, 6_000), ticket(5_000, 0));
    Cancellation half =
        partly.cancel(order(CancellationCause.ATTENDEE, new RefundTerms.Share(5_000)), NOW);
    assertThat(half.refundTotal()).isEqualTo(Money.of(4_000 + 2_500, "CAD"));
    assertThat(Objects.requireNonNull(half.refund()).lines())
        .extracting(line -> line.amount().amountMinor())
        .containsExactly(5_000L, 2_500L);
  }

  @Test
  void more_than_a_ticket_has_cost_cannot_have_gone_back_whatever_is_told() {
    assertThat(ticket(5_000, 6_000).leftOf(Money.of(5_000, "CAD"))).isEqualTo(Money.of(0, "CAD"));
  }

  @Test
  void a_cancelled_registration_asks_for_what_goes_back_for_each_ticket_that_cost_something() {
    Cancellation cancellation =
        paid.cancel(order(CancellationCause.ATTENDEE, new RefundTerms.Share(2_500)), NOW);
    RefundRequested refund = Objects.requireNonNull(cancellation.refund());
    assertThat(refund.paymentId()).isEqualTo(PAYMENT);
    assertThat(refund.cause()).isEqualTo(RefundCause.ATTENDEE_CANCELLED);
    assertThat(refund.cappedAtRemaining()).isTrue();
    assertThat(refund.lines())
        .containsExactly(
            new RefundLine(first.id(), new MoneyAmount(2_500, "CAD")),
            new RefundLine(second.id(), new MoneyAmount(1_250, "CAD")));
    Registration registration = paid.registration();
    assertThat(cancellation.transition().facts())
        .containsExactly(
            new RegistrationCancelled(
                registration.id(),
                registration.accountId(),
                registration.eventId(),
                registration.organizationId(),
                PAYMENT,
                CancellationCause.ATTENDEE,
                true,
                List.of(first.id(), second.id(), free.id()),
                refund.refundId(),
                new MoneyAmount(3_750, "CAD"),
                NOW),
            refund);
  }

  @Test
  void some_cancelled_tickets_leave_the_registration_confirmed() {
    Order order = order(CancellationCause.ORGANIZATION, RefundTerms.everything());
    Cancellation cancellation = paid.cancel(paid.choose(Set.of(second.id())), order, NOW);
    Transition transition = cancellation.transition();
    assertThat(transition.id()).isEqualTo(order.id());
    assertThat(transition.trigger()).isEqualTo(Trigger.TICKETS_CANCELLED);
    assertThat(transition.registration()).isEqualTo(paid.registration());
    assertThat(transition.cause()).isEqualTo(CancellationCause.ORGANIZATION);
    assertThat(transition.reason()).isEqualTo("Because");
    assertThat(cancellation.freedPlaces().wholeRegistration()).isFalse();
    assertThat(cancellation.freedPlaces().ticketTypeIds()).containsExactly(second.ticketTypeId());
    assertThat(transition.facts()).hasSize(2);
    assertThat(transition.facts().getFirst())
        .isInstanceOfSatisfying(
            TicketsCancelled.class,
            told -> {
              assertThat(told.ticketIds()).containsExactly(second.id());
              assertThat(told.refund()).isEqualTo(new MoneyAmount(5_000, "CAD"));
              assertThat(told.cause()).isEqualTo(CancellationCause.ORGANIZATION);
            });
    assertThat(Objects.requireNonNull(cancellation.refund()).cause())
        .isEqualTo(RefundCause.ORGANIZATION_CANCELLED);
  }

  @Test
  void the_last_tickets_end_the_registration() {
    RegistrationWithTickets left = booked(confirmed(), cancelled(first), second, cancelled(free));
    Cancellation cancellation =
        left.cancel(
            left.choose(Set.of(second.id())),
            order(CancellationCause.ATTENDEE, RefundTerms.nothing()),
            NOW);
    assertThat(cancellation.transition().trigger()).isEqualTo(Trigger.CANCELLED);
    assertThat(cancellation.freedPlaces().wholeRegistration()).isTrue();
    assertThat(cancellation.tickets()).extracting(CancelledTicket::id).containsExactly(second.id());
    assertThat(cancellation.refund()).isNull();
    assertThat(cancellation.transition().facts()).hasSize(1);
  }

  @Test
  void a_cancelled_event_returns_what_is_left_less_what_the_organization_keeps() {
    RegistrationWithTickets left = booked(confirmed(), cancelled(first), second, free);
    Cancellation cancellation =
        left.cancel(order(CancellationCause.EVENT, RefundTerms.lessKept(1_000)), NOW);
    RefundRequested refund = Objects.requireNonNull(cancellation.refund());
    assertThat(refund.cause()).isEqualTo(RefundCause.EVENT_CANCELLED);
    assertThat(refund.lines())
        .containsExactly(new RefundLine(second.id(), new MoneyAmount(4_500, "CAD")));
  }

  @Test
  void a_free_registration_is_cancelled_without_a_refund() {
    RegistrationWithTickets gratis = booked(placed(Money.of(0, "CAD")), ticket(0), ticket(0));
    Cancellation cancellation =
        gratis.cancel(order(CancellationCause.ATTENDEE, RefundTerms.everything()), NOW);
    assertThat(cancellation.refund()).isNull();
    assertThat(cancellation.transition().facts().getFirst())
        .isInstanceOfSatisfying(
            RegistrationCancelled.class,
            told -> {
              assertThat(told.wasConfirmed()).isTrue();
              assertThat(told.paymentId()).isNull();
              assertThat(told.refund()).isNull();
            });
  }

  @Test
  void tickets_of_others_are_not_found() {
    refused("ticket-not-found", () -> paid.choose(Set.of(Ids.next())));
    refused("ticket-not-found", () -> paid.choose(Set.of(first.id(), Ids.next())));
  }

  @Test
  void tickets_that_were_cancelled_before_are_left_out_and_refused_when_there_are_no_others() {
    RegistrationWithTickets left = booked(confirmed(), cancelled(first), second, free);
    assertThat(left.choose(Set.of(first.id(), free.id()))).containsExactly(free);
    assertThat(left.choose(null)).containsExactly(second, free);
    refused("already-cancelled", () -> left.choose(Set.of(first.id())));
    RegistrationWithTickets none = booked(cancelled(), cancelled(first), cancelled(second));
    refused("already-cancelled", () -> none.choose(null));
    refused("already-cancelled", () -> none.choose(Set.of(second.id())));
  }

  @Test
  void a_hold_is_let_go_whole_or_not_at_all() {
    refused("hold-is-whole", () -> held.choose(Set.of(first.id())));
    assertThat(held.choose(Set.of(first.id(), second.id(), free.id()))).hasSize(3);
  }

  @Test
  void there_is_nothing_to_cancel_when_the_hold_has_expired() {
    RegistrationWithTickets expired =
        booked(
            held().expireHold(ENTRY, PLACED_AT.plusSeconds(1_801)).orElseThrow().registration(),
            first,
            second);
    refused("wrong-state", () -> expired.choose(null));
    refused("wrong-state", () -> expired.choose(Set.of(first.id())));
    refused(
        "wrong-state",
        () ->
            expired.cancel(
                expired.tickets(), order(CancellationCause.EVENT, RefundTerms.everything()), NOW));
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static Order order(CancellationCause cause, RefundTerms terms) {
    return new Order(Ids.next(), REFUND, cause, "Because", terms, null);
  }

  private static RegistrationWithTickets booked(Registration registration, Ticket... tickets) {
    return new RegistrationWithTickets(registration, Stream.of(tickets).toList());
  }

  private static Ticket ticket(long amountMinor) {
    return ticket(amountMinor, 0);
  }

  private static Ticket ticket(long amountMinor, long returnedMinor) {
    return new Ticket(
        Ids.next(),
        Ids.next(),
        Money.of(amountMinor, "CAD"),
        Money.of(returnedMinor, "CAD"),
        TicketStatus.VALID);
  }

  private static Ticket cancelled(Ticket ticket) {
    return new Ticket(
        ticket.id(),
        ticket.ticketTypeId(),
        ticket.total(),
        ticket.returned(),
        TicketStatus.CANCELLED);
  }

  private static Registration cancelled() {
    return held().cancelled(RegistrationStatus.CANCELLED, NOW);
  }

  private static Registration confirmed() {
    Registration held = held();
    return held.settle(PAYMENT, held.total(), false, ENTRY, REFUND, NOW)
            instanceof Confirmed(Transition confirmed)
        ? confirmed.registration()
        : held;
  }

  private static Registration held() {
    return placed(Money.of(15_000, "CAD"));
  }

  private static Registration placed(Money total) {
    EventSummary event =
        new EventSummary(
            Ids.next(),
            Ids.next(),
            "Wound care",
            EventMode.ONLINE,
            PLACED_AT,
            PLACED_AT.plusSeconds(3_600),
            "America/Toronto",
            null);
    return Registration.placed(
        Ids.next(), Ids.next(), event, total, PLACED_AT, Duration.ofMinutes(30));
  }
}
