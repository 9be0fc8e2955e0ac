package io.cpdevents.accounts.platformroles;

import io.cpdevents.platform.security.PlatformRole;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An account becomes platform-admin if nobody is one yet. */
@Component
public class GrantFirstAdmin {

  private final PlatformRoles platformRoles;
  private final GrantPlatformRole grantPlatformRole;

  GrantFirstAdmin(PlatformRoles platformRoles, GrantPlatformRole grantPlatformRole) {
    this.platformRoles = platformRoles;
    this.grantPlatformRole = grantPlatformRole;
  }

  /** Grants the role in the caller's transaction; of two accounts at the same time, one gets it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId) {
    if (!platformRoles.lockAndCheckForAdmin()) {
      grantPlatformRole.handle(accountId, PlatformRole.PLATFORM_ADMIN);
    }
  }
}
