package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.questions.Answer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registration as its buyer and the event's organization see it.
 *
 * @param reference its short name, for example on the phone
 * @param accountId the buyer
 * @param promoCode the code that has given the discount; null when there was none
 * @param refundPolicy the policy that it was made under
 * @param paymentId the payment that has confirmed it; null while there is none, or when it was free
 * @param holdExpiresAt until when the places wait for money; null when it was free
 * @param answers to the event's questions, as they were asked then
 */
public record RegistrationView(
    UUID id,
    String reference,
    RegistrationStatus status,
    EventSummary event,
    UUID accountId,
    Money price,
    Money discount,
    Money total,
    List<TicketView> tickets,
    @Nullable String promoCode,
    RefundPolicy refundPolicy,
    @Nullable UUID paymentId,
    Instant createdAt,
    @Nullable Instant holdExpiresAt,
    @Nullable Instant confirmedAt,
    @Nullable Instant expiredAt,
    @Nullable Instant cancelledAt,
    List<Answer> answers) {

  /** Whether one of its tickets was cancelled. */
  public boolean hasCancelledTickets() {
    return tickets.stream().anyMatch(ticket -> ticket.status() == TicketStatus.CANCELLED);
  }

  /** The same registration with its tickets. */
  RegistrationView withTickets(List<TicketView> newTickets) {
    return new RegistrationView(
        id,
        reference,
        status,
        event,
        accountId,
        price,
        discount,
        total,
        newTickets,
        promoCode,
        refundPolicy,
        paymentId,
        createdAt,
        holdExpiresAt,
        confirmedAt,
        expiredAt,
        cancelledAt,
        answers);
  }

  /** The same registration with its answers. */
  RegistrationView withAnswers(List<Answer> newAnswers) {
    return new RegistrationView(
        id,
        reference,
        status,
        event,
        accountId,
        price,
        discount,
        total,
        tickets,
        promoCode,
        refundPolicy,
        paymentId,
        createdAt,
        holdExpiresAt,
        confirmedAt,
        expiredAt,
        cancelledAt,
        newAnswers);
  }

  /**
   * The same registration as it was at a time.
   *
   * @param newStatus its status then
   * @param cancelledTickets those of its tickets that were cancelled then
   */
  RegistrationView asOf(Instant time, RegistrationStatus newStatus, List<UUID> cancelledTickets) {
    Instant confirmed = notAfter(time, confirmedAt);
    return new RegistrationView(
        id,
        reference,
        newStatus,
        event,
        accountId,
        price,
        discount,
        total,
        tickets.stream()
            .map(ticket -> ticket.asItWas(cancelledTickets.contains(ticket.id())))
            .toList(),
        promoCode,
        refundPolicy,
        confirmed == null ? null : paymentId,
        createdAt,
        holdExpiresAt,
        confirmed,
        notAfter(time, expiredAt),
        notAfter(time, cancelledAt),
        answers);
  }

  private static @Nullable Instant notAfter(Instant time, @Nullable Instant happened) {
    return happened == null || happened.isAfter(time) ? null : happened;
  }

  /**
   * One attendee's place.
   *
   * @param status {@code valid} says nothing about the registration, which may not be confirmed
   * @param refund what goes back for it by its cancellation; null when it is not cancelled
   * @param code the secret for the entrance; null unless the registration is confirmed and the
   *     ticket valid
   */
  public record TicketView(
      UUID id,
      UUID ticketTypeId,
      String ticketTypeName,
      Attendee attendee,
      Money price,
      Money discount,
      Money total,
      TicketStatus status,
      @Nullable Money refund,
      @Nullable String code) {

    TicketView asItWas(boolean cancelled) {
      return new TicketView(
          id,
          ticketTypeId,
          ticketTypeName,
          attendee,
          price,
          discount,
          total,
          cancelled ? TicketStatus.CANCELLED : TicketStatus.VALID,
          cancelled ? refund : null,
          null);
    }
  }
}
