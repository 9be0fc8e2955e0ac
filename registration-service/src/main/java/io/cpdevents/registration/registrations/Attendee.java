package io.cpdevents.registration.registrations;

import io.cpdevents.registration.text.OneLine;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The person for whom a ticket is. */
public record Attendee(
    @NotBlank @Size(max = Attendee.MAX_NAME_CHARACTERS) @OneLine String name,
    @NotBlank @Size(max = Attendee.MAX_EMAIL_CHARACTERS) @OneLine @Email String email) {

  public static final int MAX_NAME_CHARACTERS = 200;

  /** The longest address that mail can reach (RFC 5321). */
  public static final int MAX_EMAIL_CHARACTERS = 254;

  /** The same person, without blanks around name and address. */
  Attendee tidied() {
    return new Attendee(name.strip(), email.strip());
  }
}
