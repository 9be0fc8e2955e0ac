package io.cpdevents.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {

  record Place(@NotBlank String street, @Nullable String floor) {}

  record Course(
      @NotBlank String title,
      @NotNull @Min(1) Integer capacity,
      @Nullable String note,
      @Nullable @Valid Place place) {}

  private static final Course PRESENT =
      new Course("Engines", 20, "bring a pen", new Place("Dorset Street", "1"));

  private final JsonMapper json = strict();
  private final MergePatch mergePatch =
      new MergePatch(
          json, new BodyReader(json, Validation.buildDefaultValidatorFactory().getValidator()));

  private static JsonMapper strict() {
    JsonMapper.Builder builder = JsonMapper.builder();
    StrictJson.configure(builder);
    return builder.build();
  }

  private Course patched(String patch) {
    return mergePatch.apply((ObjectNode) json.readTree(patch), PRESENT, Course.class);
  }

  @Test
  void what_is_named_is_replaced_and_the_rest_stays() {
    assertThat(patched("{\"title\": \"Looms\"}"))
        .isEqualTo(new Course("Looms", 20, "bring a pen", PRESENT.place()));
  }

  @Test
  void null_clears_what_can_be_cleared() {
    assertThat(patched("{\"note\": null, \"place\": null}"))
        .isEqualTo(new Course("Engines", 20, null, null));
  }

  @Test
  void objects_are_merged_field_by_field() {
    assertThat(patched("{\"place\": {\"floor\": null}}").place())
        .isEqualTo(new Place("Dorset Street", null));
  }

  @Test
  void null_is_refused_for_every_field_that_cannot_be_cleared() {
    assertRefused(
        "{\"title\": null, \"capacity\": null, \"note\": null}",
        FieldProblem.REQUIRED.at("title"),
        FieldProblem.REQUIRED.at("capacity"));
  }

  @Test
  void the_outcome_is_validated_as_a_whole() {
    assertRefused(
        "{\"capacity\": 0, \"place\": {\"street\": null}}",
        FieldProblem.OUT_OF_RANGE.at("capacity"),
        FieldProblem.REQUIRED.at("place.street"));
  }

  @Test
  void what_does_not_fit_is_refused_like_any_other_body() {
    assertRefused(
        "{\"nonsense\": 1, \"capacity\": \"many\", \"title\": \" \"}",
        FieldProblem.UNKNOWN_FIELD.at("nonsense"),
        FieldProblem.WRONG_TYPE.at("capacity", List.of("integer")),
        FieldProblem.REQUIRED.at("title"));
  }

  private void assertRefused(String patch, FieldError... errors) {
    assertThatThrownBy(() -> patched(patch))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.errors()).containsExactlyInAnyOrder(errors));
  }
}
