package io.cpdevents.platform.money;

import io.cpdevents.platform.error.FieldProblem;
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
 * Money in a request. The document shows its limits as a schema of its own: {@link Money} in an
 * answer may be negative.
 */
@Documented
@Constraint(validatedBy = Amount.Rule.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Amount {

  /** What it is for. */
  Kind value();

  /** The rule sets the code of the part that is wrong instead. */
  String message() default "out-of-range";

  /** Bean Validation requires it; it has no use here. */
  Class<?>[] groups() default {};

  /** Bean Validation requires it; it has no use here. */
  Class<? extends Payload>[] payload() default {};

  /** What an amount is for, with its limits in the currency's minor unit. */
  enum Kind {
    /** What something costs; nothing is free. */
    PRICE("Price", 0, CurrencyRules.MAX_CHARGE_MINOR),
    /** What is given back of a charge. */
    REFUND("RefundAmount", 1, CurrencyRules.MAX_CHARGE_MINOR),
    /** What goes to a bank account. */
    PAYOUT("PayoutAmount", 1, Amount.MAX_EXACT),
    /** From which amount on something is done. */
    THRESHOLD("Threshold", 1, Amount.MAX_EXACT);

    private final String schemaName;
    private final long minMinor;
    private final long maxMinor;

    Kind(String schemaName, long minMinor, long maxMinor) {
      this.schemaName = schemaName;
      this.minMinor = minMinor;
      this.maxMinor = maxMinor;
    }

    /** Its name in the OpenAPI document. */
    public String schemaName() {
      return schemaName;
    }

    /** The least. */
    public long minMinor() {
      return minMinor;
    }

    /** The greatest. */
    public long maxMinor() {
      return maxMinor;
    }

    private boolean isInRange(Money amount) {
      return minMinor <= amount.amountMinor() && amount.amountMinor() <= maxMinor;
    }

    private boolean isPayable(Money amount) {
      return switch (this) {
        case PRICE, REFUND -> amount.amountMinor() % CurrencyRules.step(amount.currency()) == 0;
        case PAYOUT -> CurrencyRules.payablePart(amount).equals(amount);
        case THRESHOLD -> true;
      };
    }
  }

  /** Greater integers are not exact in every client: JavaScript has doubles. */
  long MAX_EXACT = 9_007_199_254_740_991L;

  /** Judges an amount. */
  final class Rule implements ConstraintValidator<Amount, Money> {
    private Kind kind = Kind.PRICE;

    @Override
    public void initialize(Amount constraint) {
      kind = constraint.value();
    }

    @Override
    public boolean isValid(@Nullable Money amount, ConstraintValidatorContext context) {
      if (amount == null || (kind.isInRange(amount) && kind.isPayable(amount))) {
        return true;
      }
      FieldProblem fault =
          kind.isInRange(amount) ? FieldProblem.AMOUNT_NOT_PAYABLE : FieldProblem.OUT_OF_RANGE;
      context.disableDefaultConstraintViolation();
      context
          .buildConstraintViolationWithTemplate(fault.code())
          .addPropertyNode("amountMinor")
          .addConstraintViolation();
      return false;
    }
  }
}
