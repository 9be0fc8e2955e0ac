package io.cpdevents.platform.error;

import io.cpdevents.platform.error.RuleViolation.FieldError;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/**
 * A record with rules that no constraint of one field can say, for example that an end is after its
 * start. Validation judges them beside the constraints of the fields, so that one answer names all
 * that is wrong with a body.
 */
@FieldRules.Kept
public interface FieldRules {

  /**
   * The faults by these rules. A field may be null or beyond its limits here, whatever its type
   * says; a rule that cannot be judged without it is left out.
   */
  List<FieldError> brokenRules();

  /**
   * Asks that the rules are kept, for a record that did not come through validation.
   *
   * @throws RuleViolation 400 {@code invalid-request} with each fault
   */
  default void requireRules() {
    List<FieldError> broken = brokenRules();
    if (!broken.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(broken);
    }
  }

  /** Makes validation ask for the rules. */
  @Documented
  @Constraint(validatedBy = Rule.class)
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Kept {

    /** Each fault has its code instead. */
    String message() default "";

    /** Bean Validation requires it; it has no use here. */
    Class<?>[] groups() default {};

    /** Bean Validation requires it; it has no use here. */
    Class<? extends Payload>[] payload() default {};
  }

  /** Tells validation each fault, at its field and with its code as the message. */
  final class Rule implements ConstraintValidator<Kept, FieldRules> {
    @Override
    public boolean isValid(FieldRules body, ConstraintValidatorContext context) {
      List<FieldError> broken = body.brokenRules();
      context.disableDefaultConstraintViolation();
      for (FieldError error : broken) {
        context
            .buildConstraintViolationWithTemplate(error.code().code())
            .addPropertyNode(error.field())
            .addConstraintViolation();
      }
      return broken.isEmpty();
    }
  }
}
