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

/** An e-mail address. It is read in its normal form ({@link EmailAddresses}), and then judged. */
@Documented
@Constraint(validatedBy = EmailAddress.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface EmailAddress {

  /**
   * Whether a text in which nothing is visible is read as an empty text and not as null: where a
   * field that is left out keeps what was written before, an empty one clears it.
   */
  boolean keepsEmpty() default false;

  /** The field's code. */
  String message() default TypedText.WRONG_FORMAT;

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges an address. */
  final class Rule implements ConstraintValidator<EmailAddress, String> {
    private boolean keepsEmpty;

    @Override
    public void initialize(EmailAddress constraint) {
      keepsEmpty = constraint.keepsEmpty();
    }

    @Override
    public boolean isValid(@Nullable String address, ConstraintValidatorContext context) {
      return address == null
          || (keepsEmpty && address.isEmpty())
          || EmailAddresses.normalForm(address).filter(address::equals).isPresent();
    }
  }
}
