package io.cpdevents.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class DatabaseJsonTest {

  private enum Kind {
    PAID_TWICE
  }

  private record Stored(UUID id, Instant at, Money amount, Kind kind, @Nullable String note) {}

  @Test
  void a_record_is_read_as_it_was_written() {
    Stored stored =
        new Stored(
            UUID.randomUUID(),
            Instant.parse("2027-03-01T15:00:00Z"),
            Money.of(12_550, "CAD"),
            Kind.PAID_TWICE,
            null);

    String json = String.valueOf(DatabaseJson.write(stored).getValue());

    assertThat(json)
        .contains("\"paid-twice\"", "\"2027-03-01T15:00:00Z\"", "\"amountMinor\":12550");
    assertThat(DatabaseJson.read(json, Stored.class)).isEqualTo(stored);
  }

  @Test
  void a_field_that_the_type_lacks_is_refused() {
    assertThatThrownBy(() -> DatabaseJson.read("{\"colour\": \"red\"}", Stored.class))
        .isInstanceOf(JacksonException.class);
  }
}
