package io.cpdevents.platform.text;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * One line of text that people type, such as a name or a title. It is read in the form in which it
 * is stored ({@link TypedText#tidied}), and then judged: no line breaks, no other control
 * characters, nothing that turns the direction of the text around it.
 */
@Documented
@Constraint(validatedBy = OneLine.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneLine {

  /** The most code points. */
  int max();

  /** The rule sets the field's code instead. */
  String message() default TypedText.WRONG_FORMAT;

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges a line. */
  final class Rule implements ConstraintValidator<OneLine, String> {
    private int max;

    @Override
    public void initialize(OneLine constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
      return TypedText.judge(text, max, TypedText::isInLine, context);
    }
  }
}
