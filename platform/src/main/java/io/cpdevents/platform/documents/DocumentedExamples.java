package io.cpdevents.platform.documents;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Gives an example to each field that the document's readers would otherwise have to guess, by its
 * name or its format; an {@code @Schema(example = …)} stays. Together the examples of a request are
 * a request that is taken, because its readers try it out as it is.
 */
final class DocumentedExamples implements GlobalOpenApiCustomizer {

  private static final Map<String, Object> BY_FORMAT =
      Map.of(
          "uuid", "0199c0de-7a3b-7c4d-8e5f-60718293a4b5",
          "date-time", "2027-05-04T13:00:00Z",
          "date", "2027-05-04");

  /** What may be returned to is the operator's decision; the API's own pages always may. */
  private static final Map<String, String> PAGES_BY_NAME =
      Map.of(
          "successUrl", "/registrations/0199c0de-7a3b-7c4d-8e5f-60718293a4b5?checkout=done",
          "cancelUrl", "/registrations/0199c0de-7a3b-7c4d-8e5f-60718293a4b5",
          "returnUrl", "/organizations/0199c0de-7a3b-7c4d-8e5f-60718293a4b5/payout-account");

  private static final Map<String, Object> BY_NAME =
      Map.ofEntries(
          Map.entry("endsAt", "2027-05-04T21:00:00Z"),
          Map.entry("saleOpensAt", "2027-01-11T14:00:00Z"),
          Map.entry("saleClosesAt", "2027-05-03T13:00:00Z"),
          Map.entry("country", "CA"),
          Map.entry("amountMinor", 12_500),
          Map.entry("currency", "CAD"),
          Map.entry("email", "ada@example.org"),
          Map.entry("newEmail", "ada.lovelace@example.org"),
          Map.entry("customerEmailAddress", "ada@example.org"),
          Map.entry("name", "Ada Lovelace"),
          Map.entry("password", "correct horse battery staple"),
          Map.entry("oldPassword", "correct horse battery staple"),
          Map.entry("newPassword", "staple battery horse correct"),
          Map.entry("locale", "en-CA"),
          Map.entry("timeZone", "America/Toronto"),
          Map.entry("title", "Emergency ultrasound for family physicians"),
          Map.entry("description", "A day of short talks and practice in small groups."),
          Map.entry("venue", "Hall B, 12 Main Street, Toronto"),
          Map.entry("capacity", 120),
          Map.entry("quantity", 2),
          Map.entry("quota", 40),
          Map.entry("maxPerRegistration", 4),
          Map.entry("perAccountLimit", 4),
          Map.entry("promoCode", "EARLY-2027"),
          Map.entry("reason", "The speaker is ill."),
          Map.entry("reference", "K7QF-2M9X"));

  private final String publicUrl;

  /** For the API at this address, without a slash at the end. */
  DocumentedExamples(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  @Override
  public void customise(OpenAPI document) {
    Stream.concat(
            Schemas.named(document).values().stream().map(schema -> (Schema<?>) schema),
            Stream.concat(Schemas.sent(document), Schemas.answered(document)))
        .toList()
        .forEach(schema -> Schemas.visit(schema, this::describeFields));
  }

  private void describeFields(Schema<?> schema) {
    moveExample(schema);
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach((name, field) -> {
            describe(name, field);
            if (field.getItems() != null) {
              describe(name, field.getItems());
            }
          });
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private void describe(String name, Schema field) {
    moveExample(field);
    if (field.getExamples() == null && field.get$ref() == null && field.getEnum() == null) {
      Object example = exampleOf(name, field);
      if (example != null) {
        field.setExamples(List.of(example));
      }
    }
  }

  /** OpenAPI 3.1 has examples, in the plural; annotations have one. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  private static void moveExample(Schema schema) {
    Object example = schema.getExample();
    if (example != null) {
      schema.setExamples(List.of(example));
    }
    schema.setExample(null);
    schema.setExampleSetFlag(false);
  }

  private @Nullable Object exampleOf(String name, Schema<?> field) {
    String page = PAGES_BY_NAME.get(name);
    Object byName = page == null ? BY_NAME.get(name) : publicUrl + page;
    boolean fits =
        byName != null
            && field.getTypes() != null
            && field.getTypes().contains(byName instanceof Integer ? "integer" : "string");
    return fits ? byName : BY_FORMAT.get(Objects.requireNonNullElse(field.getFormat(), ""));
  }
}
