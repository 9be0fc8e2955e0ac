package io.cpdevents.registration.erasure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;

/** Whom accounts-service erases, as it tells when it is asked: never kept, never logged. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ErasedPerson(UUID accountId, String email, String name) {

  /** The name on a ticket whose attendee was erased. */
  public static final String NOBODY = "(erased)";

  /** The address on such a ticket; no mail goes to that domain, by RFC 2606. */
  public static final String NOWHERE = "erased@erased.invalid";

  @Override
  public String toString() {
    return "(hidden)";
  }
}
