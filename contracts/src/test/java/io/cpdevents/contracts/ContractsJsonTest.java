package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

class ContractsJsonTest {

  private static final UUID ID = UUID.fromString("019a0000-0000-7000-8000-000000000001");

  @Test
  void an_enumeration_is_written_and_read_in_kebab_case() {
    String json = ContractsJson.mapper().writeValueAsString(new Door(State.HALF_OPEN, null));

    assertThat(json).contains("\"half-open\"");
    assertThat(ContractsJson.mapper().readValue(json, Door.class).state())
        .isEqualTo(State.HALF_OPEN);
  }

  @Test
  void an_enumeration_is_a_kebab_case_key_of_a_map_value() {
    Map<String, State> doors =
        ContractsJson.mapper()
            .readerForMapOf(State.class)
            .readValue("{\"front\":\"half-open\",\"back\":\"shut\"}");

    assertThat(doors).containsEntry("front", State.HALF_OPEN).containsEntry("back", State.SHUT);
  }

  @Test
  void an_unknown_constant_and_any_other_spelling_are_refused() {
    for (String state : new String[] {"ajar", "HALF_OPEN", "Half-Open", "half_open", ""}) {
      assertThatThrownBy(() -> read("{\"state\":\"%s\"}".formatted(state)))
          .as(state)
          .isInstanceOf(InvalidFormatException.class);
    }
  }

  @Test
  void a_constants_position_is_not_its_name() {
    assertThatThrownBy(() -> read("{\"state\":0}")).isInstanceOf(MismatchedInputException.class);
    assertThatThrownBy(() -> read("{\"state\":true}")).isInstanceOf(JacksonException.class);
  }

  @Test
  void an_unknown_field_is_skipped() {
    assertThat(read("{\"state\":\"shut\",\"colour\":{\"rgb\":[1,2,3]}}").state())
        .isEqualTo(State.SHUT);
  }

  @Test
  void a_nullable_field_may_be_null_or_missing() {
    assertThat(read("{\"state\":\"shut\",\"note\":null}").note()).isNull();
    assertThat(read("{\"state\":\"shut\"}").note()).isNull();
    assertThat(read("{\"state\":null}").state()).isNull();
  }

  @Test
  void null_is_refused_for_a_number() {
    assertThatThrownBy(() ->
            ContractsJson.mapper()
                .readValue("{\"amountMinor\":null,\"currency\":\"CAD\"}", MoneyAmount.class))
        .isInstanceOf(MismatchedInputException.class);
  }

  @Test
  void a_time_is_written_in_iso_8601_utc() {
    JsonNode json =
        tree(
            new RegistrationConfirmed(
                ID, ID, ID, ID, null, Instant.parse("2026-11-22T12:00:00.123456Z")));

    assertThat(json.path("confirmedAt").asString()).isEqualTo("2026-11-22T12:00:00.123456Z");
    assertThat(json.path("paymentId").isNull()).isTrue();
  }

  @Test
  void an_event_holds_its_fields_and_neither_topic_nor_key() {
    JsonNode json = tree(new ProfileChanged(ID, 1, "a@example.org", "A", null, null, false));

    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "accountId", "version", "email", "name", "locale", "timeZone", "emailVerified");
  }

  @Test
  void broken_json_is_refused() {
    assertThatThrownBy(() ->
            ContractsJson.read(
                "{\"accountId\":".getBytes(StandardCharsets.UTF_8), ProfileChanged.class))
        .isInstanceOf(JacksonException.class);
  }

  private static JsonNode tree(Event event) {
    return ContractsJson.mapper().readTree(ContractsJson.write(event));
  }

  private static Door read(String json) {
    return ContractsJson.mapper().readValue(json, Door.class);
  }

  private enum State {
    SHUT,
    HALF_OPEN
  }

  private record Door(State state, @Nullable String note) {}
}
