package io.cpdevents.platform.money;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A currency in which events can be sold and organizations paid, because the platform has a balance
 * in it; or money of such a currency.
 */
@Documented
@Constraint(validatedBy = {SettlementCurrency.Rule.class, SettlementCurrency.RuleOfMoney.class})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface SettlementCurrency {

  /** The field's code. */
  String message() default "not-supported";

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** Judges a currency by the settings; Spring makes it. */
  final class Rule implements ConstraintValidator<SettlementCurrency, Currency> {
    private final SettlementCurrencies settings;

    Rule(SettlementCurrencies settings) {
      this.settings = settings;
    }

    @Override
    public boolean isValid(@Nullable Currency currency, ConstraintValidatorContext context) {
      return currency == null || settings.currencies().contains(currency);
    }
  }

  /** Judges the currency of money; Spring makes it. */
  final class RuleOfMoney implements ConstraintValidator<SettlementCurrency, Money> {
    private final SettlementCurrencies settings;

    RuleOfMoney(SettlementCurrencies settings) {
      this.settings = settings;
    }

    @Override
    public boolean isValid(@Nullable Money money, ConstraintValidatorContext context) {
      if (money == null || settings.currencies().contains(money.currency())) {
        return true;
      }
      context.disableDefaultConstraintViolation();
      context
          .buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
          .addPropertyNode("currency")
          .addConstraintViolation();
      return false;
    }
  }
}
