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
 * Lines of text that people type, such as a description. It is read in the form in which it is
 * stored ({@link TypedText#tidied}), and then judged: no control characters but line breaks and
 * tabs, nothing that turns the direction of the text around it.
 */
@Documented
@Constraint(validatedBy = Prose.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Prose {

  /** The most code points. */
  int max();

  /**
   * Whether a text in which nothing is visible is read as an empty text and not as null: where a
   * field that is left out keeps what was written before, an empty one clears it.
   */
  boolean keepsEmpty() default false;

  /** The rule sets the field's code instead. */
  String message() default TypedText.WRONG_FORMAT;

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges a text. */
  final class Rule implements ConstraintValidator<Prose, String> {
    private int max;

    @Override
    public void initialize(Prose constraint) {
      max = constraint.max();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
      return TypedText.judge(text, max, TypedText::isInProse, context);
    }
  }
}
