package io.cpdevents.platform.personaldata;

import io.cpdevents.platform.text.EmailAddress;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address that a person has or had.
 *
 * @param since when somebody else gave it up who had it before: what says it earlier is about them;
 *     null: nobody did
 * @param until when it was given up: what says it later may be about somebody else; null: it is
 *     theirs
 */
public record PersonAddress(
    @NotNull @EmailAddress String email, @Nullable Instant since, @Nullable Instant until) {

  @Override
  public String toString() {
    return "(hidden)";
  }
}
