package io.cpdevents.notification.registrations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.time.ZoneId;
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
public record RegistrationContent(
    UUID registrationId,
    String reference,
    EventContent event,
    Money total,
    List<TicketContent> tickets) {

  /**
   * The event.
   *
   * @param mode {@code in-person}, {@code online} or {@code hybrid}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record EventContent(
      String title,
      Instant startsAt,
      Instant endsAt,
      ZoneId timeZone,
      @Nullable String venue,
      String mode) {

    /** Whether there is no place to go to. */
    boolean isOnline() {
      return mode.equals("online");
    }
  }

  /**
   * One place.
   *
   * @param code what is checked at the door; null unless the registration is confirmed
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record TicketContent(String ticketTypeName, String attendeeName, @Nullable String code) {}

  @Override
  public String toString() {
    return "RegistrationContent[…]";
  }
}
