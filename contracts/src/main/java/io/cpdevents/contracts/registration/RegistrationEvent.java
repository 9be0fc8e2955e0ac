package io.cpdevents.contracts.registration;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.RefundCause;
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
   * @param feeRefundable by the refund policy of the registration: whether the platform gives its
   *     share of the fee back with a refund
   */
  record RegistrationHeld(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      String eventTitle,
      MoneyAmount total,
      List<TicketLine> tickets,
      boolean feeRefundable,
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

  /**
   * A bank has refused the buyer's payment, and the hold ends at another time than was told before:
   * there is time left to pay in another way.
   *
   * @param paymentId the payment that was refused
   * @param holdExpiresAt when it ends now
   */
  record HoldEndChanged(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID paymentId,
      Instant holdExpiresAt,
      Instant changedAt)
      implements RegistrationEvent {}

  /** The hold ended without money; its places were given back. */
  record RegistrationExpired(
      UUID registrationId, UUID accountId, UUID eventId, UUID organizationId, Instant expiredAt)
      implements RegistrationEvent {}

  /**
   * A registration was cancelled with all tickets that it still had; its places were given back.
   *
   * @param paymentId null when it was free or not paid yet
   * @param wasConfirmed false for a hold that was let go before it was paid
   * @param ticketIds the tickets that were cancelled by this
   * @param refundId what was asked for with it; null when nothing goes back
   * @param refund how much that is; null when nothing goes back
   */
  record RegistrationCancelled(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      @Nullable UUID paymentId,
      CancellationCause cause,
      boolean wasConfirmed,
      List<UUID> ticketIds,
      @Nullable UUID refundId,
      @Nullable MoneyAmount refund,
      Instant cancelledAt)
      implements RegistrationEvent {}

  /**
   * Some tickets of a confirmed registration were cancelled, and their places given back; it goes
   * on with the others.
   *
   * @param paymentId null when the registration was free
   * @param refundId what was asked for with it; null when nothing goes back
   * @param refund how much that is; null when nothing goes back
   */
  record TicketsCancelled(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      @Nullable UUID paymentId,
      CancellationCause cause,
      List<UUID> ticketIds,
      @Nullable UUID refundId,
      @Nullable MoneyAmount refund,
      Instant cancelledAt)
      implements RegistrationEvent {}

  /**
   * The event of a registration that is held or confirmed takes place at another time or elsewhere
   * than its buyer knows. Several changes may be told as one.
   *
   * @param noticeId the same for all registrations that are told of the same
   * @param knownStartsAt when it was to begin, as the buyer knows it
   * @param knownMode {@code in-person}, {@code online} or {@code hybrid}
   * @param knownVenue null when it had none
   * @param freeUntil until when a cancellation is refunded whole, whatever the refund policy says;
   *     null when the change is too small for that, or the time is over
   */
  record EventMoved(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID noticeId,
      Instant knownStartsAt,
      Instant knownEndsAt,
      String knownMode,
      @Nullable String knownVenue,
      @Nullable Instant freeUntil,
      Instant toldAt)
      implements RegistrationEvent {}

  /** What goes back for one ticket; more than zero. */
  record RefundLine(UUID ticketId, MoneyAmount amount) {}

  /**
   * Money has to go back. A payment may have several of these.
   *
   * @param refundId chosen by registration-service: asking twice is asking once
   * @param lines what goes back for which ticket; empty: all that is left of the payment
   * @param cappedAtRemaining whether less goes back when less is left of a ticket or of the
   *     payment, nothing included; otherwise such a request is refused
   */
  record RefundRequested(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID paymentId,
      UUID refundId,
      List<RefundLine> lines,
      boolean cappedAtRemaining,
      RefundCause cause,
      Instant requestedAt)
      implements RegistrationEvent {}

  /**
   * The holder of a ticket has come. It is told once more with an earlier time when a scanner that
   * was offline has seen them before: the one that was told last counts.
   *
   * @param accountId the buyer
   */
  record TicketCheckedIn(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID ticketId,
      Instant checkedInAt)
      implements RegistrationEvent {}

  /**
   * Nobody has come with a ticket after all: it was checked in by mistake.
   *
   * @param accountId the buyer
   */
  record CheckInUndone(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID ticketId,
      Instant undoneAt)
      implements RegistrationEvent {}

  /**
   * A ticket is for somebody else from now on, or its holder has another name.
   *
   * @param accountId the buyer
   * @param changeId names who had it before, for whoever may ask
   * @param codeChanged whether the code that the ticket had lets nobody in any more
   */
  record TicketTransferred(
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      UUID ticketId,
      UUID changeId,
      boolean codeChanged,
      Instant transferredAt)
      implements RegistrationEvent {}
}
