package io.cpdevents.accounts.secrets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;

/** A password or token as a client sent it. It never prints itself, so it cannot reach a log. */
@Schema(type = "string")
public record SecretText(@JsonValue String value) {

  /** Takes it from a request. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SecretText {}

  @Override
  public String toString() {
    return "(hidden)";
  }
}
