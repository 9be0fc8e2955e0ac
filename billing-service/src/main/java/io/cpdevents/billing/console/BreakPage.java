package io.cpdevents.billing.console;

import io.cpdevents.billing.finance.BreakStatus;
import io.cpdevents.billing.finance.BreakView;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformRole;

/**
 * A break and what this person can do about it. Only a suggestion: the API decides it again.
 *
 * @param canPropose nobody has proposed anything, and its money can be posted
 * @param canDecide somebody else has proposed something
 * @param canTakeBack this person has proposed something
 */
public record BreakPage(
    BreakView found, boolean canPropose, boolean canDecide, boolean canTakeBack) {

  /** The page for a person. */
  public static BreakPage of(BreakView found, Caller caller) {
    boolean proposed = found.status() == BreakStatus.PROPOSED;
    boolean byCaller =
        proposed && found.resolutions().getFirst().proposedBy().equals(caller.accountId());
    return new BreakPage(
        found,
        found.status() == BreakStatus.OPEN && !found.allowedAccounts().isEmpty(),
        proposed && !byCaller && caller.platformRoles().contains(PlatformRole.PLATFORM_FINANCE),
        proposed && byCaller);
  }
}
