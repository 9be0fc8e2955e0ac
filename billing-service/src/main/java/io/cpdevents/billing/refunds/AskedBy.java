package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundRequester;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import java.util.Objects;
import java.util.UUID;

/**
 * Who has asked for a refund by hand, and why.
 *
 * @param reason the buyer can read it
 */
public record AskedBy(String reason, UUID accountId, Role role) {

  /** By what somebody may ask for a refund. */
  public enum Role {
    OWNER(RefundRequester.ORGANIZATION),
    ADMIN(RefundRequester.ORGANIZATION),
    FINANCE(RefundRequester.ORGANIZATION),
    PLATFORM_FINANCE(RefundRequester.PLATFORM),
    PLATFORM_ADMIN(RefundRequester.PLATFORM);

    private final RefundRequester requester;

    Role(RefundRequester requester) {
      this.requester = requester;
    }

    /** By what somebody may who may: the role in the organization comes first. */
    static Role of(Caller caller, UUID organizationId) {
      if (caller.hasRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE)) {
        return valueOf(Objects.requireNonNull(caller.roleIn(organizationId)).name());
      }
      return caller.platformRoles().contains(PlatformRole.PLATFORM_FINANCE)
          ? PLATFORM_FINANCE
          : PLATFORM_ADMIN;
    }

    /** For whom that is. */
    RefundRequester requester() {
      return requester;
    }
  }

  /** Without the reason, which must not be logged. */
  @Override
  public String toString() {
    return "AskedBy[%s, %s]".formatted(accountId, role);
  }
}
