package io.cpdevents.notification.registrations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of mails about a registration, from registration-service.
 *
 * @param reference the short name that people use for the registration
 * @param status {@code held}, {@code confirmed}, {@code expired} or {@code cancelled}
 * @param tickets with their codes: never kept, never logged
 * @param formerHolders who had tickets before; null from an earlier release
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RegistrationContent(
    UUID registrationId,
    String reference,
    String status,
    EventContent event,
    Money total,
    List<TicketContent> tickets,
    @Nullable List<FormerHolderContent> formerHolders) {

  /** Whether its places wait for money. */
  boolean isHeld() {
    return status.equals("held");
  }

  /** Whether it was cancelled as a whole. */
  public boolean isCancelled() {
    return status.equals("cancelled");
  }

  /** Whether one of its tickets opens the door. */
  boolean letsSomebodyIn() {
    return tickets.stream().anyMatch(ticket -> ticket.code() != null);
  }

  /** The ticket; empty when it has none of that id. */
  Optional<TicketContent> ticket(UUID id) {
    return tickets(Set.of(id)).stream().findFirst();
  }

  /** Whether nothing was paid for the ticket. */
  boolean isFree(UUID ticketId) {
    return ticket(ticketId).stream().allMatch(ticket -> ticket.total().amountMinor() == 0);
  }

  /** Those of these tickets that there are. */
  List<TicketContent> tickets(Collection<UUID> ids) {
    return tickets.stream().filter(ticket -> ids.contains(ticket.ticketId())).toList();
  }

  RegistrationContent organizedBy(@Nullable String organizer) {
    return new RegistrationContent(
        registrationId,
        reference,
        status,
        event.organizedBy(organizer),
        total,
        tickets,
        formerHolders);
  }

  /**
   * The event.
   *
   * @param version rises with each change of the event
   * @param mode {@code in-person}, {@code online} or {@code hybrid}
   * @param organizer the name of its organization, which accounts-service has told; null when it
   *     has not yet
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record EventContent(
      UUID id,
      UUID organizationId,
      long version,
      String title,
      Instant startsAt,
      Instant endsAt,
      ZoneId timeZone,
      @Nullable String venue,
      String mode,
      @Nullable String organizer) {

    /** Whether there is no place to go to. */
    boolean isOnline() {
      return mode.equals("online");
    }

    private EventContent organizedBy(@Nullable String name) {
      return new EventContent(
          id, organizationId, version, title, startsAt, endsAt, timeZone, venue, mode, name);
    }
  }

  /**
   * One attendee's place.
   *
   * @param total what was paid for it
   * @param code what is checked at the door; null unless the ticket is valid
   * @param cancellation null unless it was cancelled
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record TicketContent(
      UUID ticketId,
      String ticketTypeName,
      String attendeeName,
      String attendeeEmail,
      Money total,
      @Nullable String code,
      @Nullable CancellationContent cancellation) {

    /** Whether the ticket is for somebody else than the buyer. */
    boolean isForAnotherThan(Recipient buyer) {
      return switch (buyer) {
        case Recipient.Known known -> !attendeeEmail.equalsIgnoreCase(known.email());
        // The tickets of an erased buyer for themselves have no address any more.
        case Recipient.Erased _ -> !attendeeEmail.endsWith(AttendeeAddress.ERASED);
      };
    }
  }

  /** Who had a ticket until this change of it; empty when nobody knows of it. */
  Optional<FormerHolderContent> formerHolder(UUID changeId) {
    return formerHolders == null
        ? Optional.empty()
        : formerHolders.stream().filter(holder -> holder.id().equals(changeId)).findFirst();
  }

  /**
   * Who had a ticket before.
   *
   * @param id of the change by which somebody else got it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record FormerHolderContent(UUID id, UUID ticketId, String name, String email) {}

  /**
   * How a ticket was cancelled.
   *
   * @param reason what the organization typed; null when nothing
   * @param tier of the refund policy, by which its refund was computed; null when none was open, or
   *     when the policy did not decide
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record CancellationContent(@Nullable String reason, @Nullable TierContent tier) {}

  /**
   * A tier of a refund policy.
   *
   * @param untilHoursBeforeStart how many hours before the start of the event it closes
   * @param refundBasisPoints 10,000 is everything
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record TierContent(int untilHoursBeforeStart, int refundBasisPoints) {}

  @Override
  public String toString() {
    return "RegistrationContent[…]";
  }
}
