package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.RegistrationProblem;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin changes or ends a promo code; registrations keep what they were given off. */
@Component
public class ChangePromoCode {

  private final PromoCodes promoCodes;
  private final PromoCodeEditing editing;
  private final PromoCodeQueries queries;

  ChangePromoCode(PromoCodes promoCodes, PromoCodeEditing editing, PromoCodeQueries queries) {
    this.promoCodes = promoCodes;
    this.editing = editing;
    this.queries = queries;
  }

  /**
   * A change of a promo code's terms.
   *
   * @param seen the version that the caller has seen
   * @param change makes the new terms from the present ones
   */
  public record Command(UUID promoCodeId, IfMatch seen, UnaryOperator<PromoCodeTerms> change) {}

  /**
   * Changes the terms; nothing happens when they stay as they are.
   *
   * @throws RuleViolation {@code promo-code-not-found}, {@code role-missing}, {@code
   *     changed-meanwhile} or {@code invalid-request}
   */
  @Transactional
  public PromoCodeView handle(Command command, Caller caller) {
    UUID id = command.promoCodeId();
    PromoCode seen =
        promoCodes
            .find(id)
            .orElseThrow(() -> RegistrationProblem.PROMO_CODE_NOT_FOUND.violation())
            .code();
    caller.requireRole(
        seen.organizationId(), RegistrationProblem.PROMO_CODE_NOT_FOUND, OrganizationRole.ADMIN);
    PromoCode before = promoCodes.lock(id).orElseThrow();
    command.seen().require(before.version());
    PromoCode after = before.changed(command.change().apply(before.terms()));
    if (!after.equals(before)) {
      editing.requireOwn(before, after);
      promoCodes.update(after);
      editing.audit("promo-code.changed", before, after);
    }
    return queries.view(id);
  }
}
