package io.cpdevents.platform.documents;

import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Documents in OpenAPI the limits of an {@link Amount}: the field gets a schema of that kind in
 * place of the one of {@link Money}.
 */
final class DocumentedAmounts {

  private static final String MONEY = Money.class.getSimpleName();

  private DocumentedAmounts() {}

  /** Describes the fields of these records, by the names of their schemas. */
  static void describe(OpenAPI document, Map<String, Class<?>> records) {
    records.forEach((name, type) -> {
      Schema<?> schema = Schemas.named(document).get(name);
      if (schema == null || schema.getProperties() == null) {
        return;
      }
      for (RecordComponent component : type.getRecordComponents()) {
        Amount amount = amountOf(component.getAnnotatedType());
        if (amount != null) {
          refer(schema.getProperties().get(component.getName()), amount.value(), document);
        }
      }
    });
  }

  private static @Nullable Amount amountOf(AnnotatedType type) {
    return type instanceof AnnotatedParameterizedType list
        ? list.getAnnotatedActualTypeArguments()[0].getAnnotation(Amount.class)
        : type.getAnnotation(Amount.class);
  }

  private static void refer(@Nullable Schema<?> field, Amount.Kind kind, OpenAPI document) {
    if (field == null) {
      return;
    }
    Schema<?> money = field.getItems() == null ? field : field.getItems();
    if (MONEY.equals(Schemas.nameOf(money))) {
      add(kind, document);
      money.set$ref(kind.schemaName());
    }
  }

  private static void add(Amount.Kind kind, OpenAPI document) {
    Schema<?> schema =
        Objects.requireNonNull(AnnotationsUtils.clone(Schemas.named(document).get(MONEY), true));
    Schema<?> amountMinor =
        Objects.requireNonNull((Schema<?>) schema.getProperties().get("amountMinor"));
    amountMinor.setMinimum(BigDecimal.valueOf(kind.minMinor()));
    amountMinor.setMaximum(BigDecimal.valueOf(kind.maxMinor()));
    document.getComponents().addSchemas(kind.schemaName(), schema);
  }
}
