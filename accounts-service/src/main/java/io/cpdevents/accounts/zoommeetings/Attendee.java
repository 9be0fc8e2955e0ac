package io.cpdevents.accounts.zoommeetings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;

/**
 * Who a ticket is for, as registration-service tells when it is asked: never kept, never logged.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Attendee(UUID registrationId, UUID ticketId, String name, String email) {

  AddressDigest address() {
    return AddressDigest.of(email);
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
