package io.cpdevents.platform.documents;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.Digits;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import org.springdoc.core.customizers.PropertyCustomizer;

/** Documents in OpenAPI how many digits a number may have after its point. */
final class DocumentedDigits implements PropertyCustomizer {

  @Override
  @SuppressWarnings("rawtypes")
  public Schema customize(Schema property, AnnotatedType type) {
    Annotation[] annotations = type.getCtxAnnotations();
    if (annotations != null) {
      for (Annotation annotation : annotations) {
        if (annotation instanceof Digits digits) {
          property.setMultipleOf(BigDecimal.ONE.movePointLeft(digits.fraction()));
        }
      }
    }
    return property;
  }
}
