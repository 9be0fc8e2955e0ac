package io.cpdevents.platform.text;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.customizers.PropertyCustomizer;
import org.springframework.core.MethodParameter;

/** Documents in OpenAPI how long a text may be, and what kind of text it is. */
public final class DocumentedText implements PropertyCustomizer, ParameterCustomizer {

  private static final String KIND = "x-text";

  @Override
  @SuppressWarnings("rawtypes")
  public Schema customize(Schema property, AnnotatedType type) {
    document(property, type.getCtxAnnotations());
    return property;
  }

  @Override
  public @Nullable Parameter customize(
      @Nullable Parameter parameter, MethodParameter methodParameter) {
    if (parameter != null && parameter.getSchema() != null) {
      document(parameter.getSchema(), methodParameter.getParameterAnnotations());
    }
    return parameter;
  }

  private static void document(Schema<?> schema, Annotation @Nullable [] annotations) {
    if (annotations == null) {
      return;
    }
    for (Annotation annotation : annotations) {
      switch (annotation) {
        case OneLine line -> {
          schema.setMaxLength(line.max());
          schema.addExtension(KIND, "one-line");
        }
        case Prose prose -> {
          schema.setMaxLength(prose.max());
          schema.addExtension(KIND, "prose");
        }
        case ReturnAddress _ -> {
          schema.setMaxLength(ReturnAddress.MAX_CHARACTERS);
          schema.addExtension(KIND, "one-line");
        }
        case EmailAddress address -> {
          schema.setMaxLength(EmailAddresses.MAX_CHARACTERS);
          if (address.keepsEmpty()) {
            // An empty text is not of the format.
            schema.addExtension(KIND, "one-line");
          } else {
            schema.setFormat("email");
          }
        }
        default -> {}
      }
    }
  }
}
