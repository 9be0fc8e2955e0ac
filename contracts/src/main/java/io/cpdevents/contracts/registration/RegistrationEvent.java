package io.cpdevents.contracts.registration;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to one registration. */
public sealed interface RegistrationEvent extends Event {

  UUID registrationId();

  UUID eventId();

  @Override
  default Topic topic() {
    return Topic.REGISTRATION_REGISTRATIONS;
  }

  @Override
  default String key() {
    return registrationId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("registrationId", registrationId().toString(), "eventId", eventId().toString());
  }

  /** A ticket's price as it was agreed: {@code price - discount = total}. */
  record TicketLine(
      UUID ticketId,
      UUID ticketTypeId,
      String ticketTypeName,
      MoneyAmount price,
      MoneyAmount discount,
      MoneyAmount total) {}

  /**
   * Places are held and the buyer owes {@code total}, which is more than zero.
   *
   * @param accountId the buyer
   * @param eventTitle as it was when the registration was made
   */
  record RegistrationHeld(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      String eventTitle,
      MoneyAmount total,
      List<TicketLine> tickets,
      Instant heldAt,
      Instant holdExpiresAt)
      implements RegistrationEvent {}

  /**
   * The places are the buyer's for good.
   *
   * @param paymentId null when the registration was free
   */
  record RegistrationConfirmed(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      @Nullable UUID paymentId,
      Instant confirmedAt)
      implements RegistrationEvent {}

  /** The hold ended without money; its places were given back. */
  record RegistrationExpired(
      UUID registrationId, UUID accountId, UUID eventId, UUID organizationId, Instant expiredAt)
      implements RegistrationEvent {}

  /**
   * Money has to go back.
   *
   * @param refundId chosen by registration-service: asking twice is asking once
   * @param cause {@code payment-too-late}: the money came after the hold had ended and no place was
   *     left
   * @param amount what goes back
   */
  record RefundRequested(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID paymentId,
      UUID refundId,
      MoneyAmount amount,
      String cause,
      Instant requestedAt)
      implements RegistrationEvent {}
}
