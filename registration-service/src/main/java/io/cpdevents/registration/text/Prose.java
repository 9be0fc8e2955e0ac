package io.cpdevents.registration.text;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lines of text: line breaks and tabs, but no other control characters or broken surrogates. */
@Documented
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = "[[^\\p{Cc}\\p{Cs}]\\n\\r\\t]*")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Prose {

  /** Never shown: problem+json has codes instead. */
  String message() default "must be text";

  /** Asked for by Bean Validation; not used. */
  Class<?>[] groups() default {};

  /** Asked for by Bean Validation; not used. */
  Class<? extends Payload>[] payload() default {};
}
