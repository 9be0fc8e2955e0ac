package io.cpdevents.registration.registrations;

import io.cpdevents.platform.text.EmailAddress;
import io.cpdevents.platform.text.OneLine;
import jakarta.validation.constraints.NotBlank;

/** The person for whom a ticket is. */
public record Attendee(
    @NotBlank @OneLine(max = Attendee.MAX_NAME_CHARACTERS) String name,
    @NotBlank @EmailAddress String email) {

  public static final int MAX_NAME_CHARACTERS = 200;
}
