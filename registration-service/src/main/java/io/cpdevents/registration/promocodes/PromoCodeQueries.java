package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.promocodes.PromoCodes.Counted;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What members of an organization can read about its promo codes. */
@Component
public class PromoCodeQueries {

  private static final OrganizationRole[] READERS = {
    OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF
  };

  private final PromoCodes promoCodes;

  PromoCodeQueries(PromoCodes promoCodes) {
    this.promoCodes = promoCodes;
  }

  /** All promo codes of the caller's organization, newest first. */
  public Page<PromoCodeView> ofOrganization(UUID organizationId, Caller caller, PageRequest page) {
    caller.requireRole(organizationId, READERS);
    return Page.of(
        promoCodes.ofOrganization(organizationId, page).stream()
            .map(PromoCodeQueries::view)
            .toList(),
        page,
        code -> new Cursor(code.createdAt(), code.id()));
  }

  /**
   * A promo code of the caller's organization.
   *
   * @throws RuleViolation {@code promo-code-not-found}
   */
  public PromoCodeView get(UUID id, Caller caller) {
    Counted found =
        promoCodes.find(id).orElseThrow(() -> RegistrationProblem.PROMO_CODE_NOT_FOUND.violation());
    caller.requireRole(
        found.code().organizationId(), RegistrationProblem.PROMO_CODE_NOT_FOUND, READERS);
    return view(found);
  }

  /** A promo code, for the use case that has just changed it. */
  PromoCodeView view(UUID id) {
    return view(promoCodes.find(id).orElseThrow());
  }

  private static PromoCodeView view(Counted counted) {
    return PromoCodeView.of(counted.code(), counted.uses());
  }
}
