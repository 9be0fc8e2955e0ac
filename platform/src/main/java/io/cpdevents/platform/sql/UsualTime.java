package io.cpdevents.platform.sql;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time that a statement can ask for: PostgreSQL might not know those before 1970 or after 9999.
 */
@Documented
@Constraint(validatedBy = UsualTime.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface UsualTime {

  /** The field's code. */
  String message() default "out-of-range";

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges a time. */
  final class Rule implements ConstraintValidator<UsualTime, Instant> {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    static boolean isUsual(@Nullable Instant time) {
      return time == null || !(time.isBefore(Instant.EPOCH) || time.isAfter(LATEST));
    }

    @Override
    public boolean isValid(@Nullable Instant time, ConstraintValidatorContext context) {
      return isUsual(time);
    }
  }
}
