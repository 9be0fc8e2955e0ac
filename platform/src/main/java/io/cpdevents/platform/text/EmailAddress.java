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
 * An e-mail address. In a JSON body it is read in its normal form ({@link EmailAddresses}), and
 * then judged.
 */
@Documented
@Constraint(validatedBy = EmailAddress.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface EmailAddress {

  /** The field's code. */
  String message() default TypedText.WRONG_FORMAT;

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges an address. */
  final class Rule implements ConstraintValidator<EmailAddress, String> {
    @Override
    public boolean isValid(@Nullable String address, ConstraintValidatorContext context) {
      return address == null
          || EmailAddresses.normalForm(address).filter(address::equals).isPresent();
    }
  }
}
