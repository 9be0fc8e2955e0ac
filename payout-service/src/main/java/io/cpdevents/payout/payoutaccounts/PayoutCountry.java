package io.cpdevents.payout.payoutaccounts;

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

/** A country in which organizations can be paid: {@link PayoutCountries}. */
@Documented
@Constraint(validatedBy = PayoutCountry.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface PayoutCountry {

  /** What a country's code looks like; another constraint asks for it. */
  String FORM = "[A-Z]{2}";

  /** The field's code. */
  String message() default "not-allowed";

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges a country by the settings; Spring makes it. */
  final class Rule implements ConstraintValidator<PayoutCountry, String> {
    private final PayoutCountries settings;

    Rule(PayoutCountries settings) {
      this.settings = settings;
    }

    @Override
    public boolean isValid(@Nullable String country, ConstraintValidatorContext context) {
      return country == null || !country.matches(FORM) || settings.countries().contains(country);
    }
  }
}
