package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin makes a promo code. */
@Component
public class CreatePromoCode {

  private final PromoCodes promoCodes;
  private final PromoCodeEditing editing;
  private final PromoCodeQueries queries;
  private final Clock clock;

  CreatePromoCode(
      PromoCodes promoCodes, PromoCodeEditing editing, PromoCodeQueries queries, Clock clock) {
    this.promoCodes = promoCodes;
    this.editing = editing;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A promo code to make.
   *
   * @param promoCodeId the same when the same request comes again
   */
  public record Command(UUID promoCodeId, UUID organizationId, PromoCodeTerms terms) {}

  /**
   * Makes the promo code.
   *
   * @throws RuleViolation {@code organization-not-found}, {@code role-missing}, {@code
   *     invalid-request} or {@code promo-code-taken}
   */
  @Transactional
  public PromoCodeView handle(Command command, Caller caller) {
    caller.requireRole(command.organizationId(), OrganizationRole.ADMIN);
    PromoCode code =
        PromoCode.of(
            command.promoCodeId(), command.organizationId(), command.terms(), clock.instant());
    editing.requireOwn(null, code);
    if (promoCodes.insert(code)) {
      editing.audit("promo-code.created", null, code);
    } else if (promoCodes.find(code.id()).isEmpty()) {
      throw RegistrationProblem.PROMO_CODE_TAKEN.violation();
    }
    return queries.view(code.id());
  }
}
