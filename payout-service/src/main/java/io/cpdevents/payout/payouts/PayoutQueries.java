package io.cpdevents.payout.payouts;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of payouts. */
@Component
public class PayoutQueries {

  private final Payouts payouts;
  private final HoldNotes notes;

  PayoutQueries(Payouts payouts, HoldNotes notes) {
    this.payouts = payouts;
    this.notes = notes;
  }

  /**
   * A payout, for owner and finance of its organization, and for platform finance.
   *
   * @throws RuleViolation {@code payout-not-found} or {@code role-missing}
   */
  public PayoutView payout(UUID id, Caller caller) {
    return caller.has(PlatformRole.PLATFORM_FINANCE)
        ? PayoutView.forFinance(find(id), notes.of(id))
        : PayoutView.of(requireMember(id, caller));
  }

  /** A payout of the caller's organization. */
  Payout requireMember(UUID id, Caller caller) {
    Payout payout = find(id);
    caller.requireRole(
        payout.organizationId(), PayoutProblem.PAYOUT_NOT_FOUND, OrganizationRole.FINANCE);
    return payout;
  }

  List<HoldNote> holdNotes(UUID id) {
    return notes.of(id);
  }

  Payout find(UUID id) {
    return payouts.find(id).orElseThrow(PayoutProblem.PAYOUT_NOT_FOUND::violation);
  }

  /** The payouts of an organization, newest first. */
  public Page<PayoutView> payoutsOf(UUID organizationId, PageRequest request) {
    return Page.of(
            payouts.ofOrganization(organizationId, request),
            request,
            payout -> new Cursor(payout.requestedAt(), payout.id()))
        .map(PayoutView::of);
  }
}
