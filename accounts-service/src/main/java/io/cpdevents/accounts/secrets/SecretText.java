package io.cpdevents.accounts.secrets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;

/** A password or token as a client sent it. It never prints itself, so it reaches no log. */
@Schema(type = "string")
public record SecretText(@JsonValue String value) {

  /**
   * Takes it from a request.
   *
   * @throws IllegalArgumentException when it has an unpaired surrogate: it cannot be hashed as
   *     UTF-8
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SecretText {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("has an unpaired surrogate");
    }
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
