package io.cpdevents.notification.writing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.contracts.MoneyAmount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What registration-service tells for the mails about a registration.
 *
 * @param reference the short name that people use for the registration
 * @param tickets with their codes: never kept, never logged
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RegistrationContent(
    UUID registrationId,
    String reference,
    EventContent event,
    MoneyAmount total,
    List<TicketContent> tickets) {

  /**
   * The event.
   *
   * @param timeZone IANA
   * @param mode {@code in-person}, {@code online} or {@code hybrid}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record EventContent(
      String title,
      Instant startsAt,
      Instant endsAt,
      String timeZone,
      @Nullable String venue,
      String mode) {}

  /**
   * One place.
   *
   * @param code what is checked at the door; null unless the registration is confirmed
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record TicketContent(String ticketTypeName, String attendeeName, @Nullable String code) {}

  /** Whether every ticket can be shown at the door. */
  boolean isConfirmed() {
    return tickets.stream().allMatch(ticket -> ticket.code() != null);
  }

  @Override
  public String toString() {
    return "RegistrationContent[…]";
  }
}
