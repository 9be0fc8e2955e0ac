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

/** One line of text: no line breaks or other control characters, and no broken surrogates. */
@Documented
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneLine {

  /** Never shown: problem+json has codes instead. */
  String message() default "must be one line of text";

  /** Asked for by Bean Validation; not used. */
  Class<?>[] groups() default {};

  /** Asked for by Bean Validation; not used. */
  Class<? extends Payload>[] payload() default {};
}
