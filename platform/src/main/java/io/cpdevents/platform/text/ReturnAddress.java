package io.cpdevents.platform.text;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.http.ReturnAddresses;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An address of ours to which a page of Stripe sends somebody back: {@link ReturnAddresses}. */
@Documented
@Constraint(validatedBy = ReturnAddress.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface ReturnAddress {

  /** The most code points. */
  int MAX_CHARACTERS = 2_000;

  /** The rule sets the field's code instead. */
  String message() default TypedText.WRONG_FORMAT;

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges an address by the settings; Spring makes it. */
  final class Rule implements ConstraintValidator<ReturnAddress, String> {
    private final ReturnAddresses ours;

    Rule(ReturnAddresses ours) {
      this.ours = ours;
    }

    @Override
    public boolean isValid(@Nullable String url, ConstraintValidatorContext context) {
      if (url == null) {
        return true;
      }
      if (!TypedText.judge(url, MAX_CHARACTERS, TypedText::isInLine, context)) {
        return false;
      }
      Optional<FieldProblem> fault = ours.faultOf(url);
      fault.ifPresent(code -> {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(code.code()).addConstraintViolation();
      });
      return fault.isEmpty();
    }
  }
}
