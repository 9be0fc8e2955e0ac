package io.cpdevents.platform.personaldata;

import io.cpdevents.platform.text.EmailAddress;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * An address that a person had.
 *
 * @param until when it was given up: what says it later may be about somebody else
 */
public record PersonAddress(@NotNull @EmailAddress String email, @NotNull Instant until) {

  @Override
  public String toString() {
    return "(hidden)";
  }
}
