package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.objects.StripeObjects;
import org.springframework.stereotype.Component;

/** The accounts that own objects: the platform's own and those that are connected to it. */
@Component
public class StripeAccounts {
  /** The platform's own account. */
  public static final String PLATFORM = "acct_1SandboxPlatform00";

  public static final String KIND = "account";

  /** The inner fact of an account that is no longer connected. */
  public static final String DISCONNECTED = "disconnected";

  private final StripeObjects objects;

  StripeAccounts(StripeObjects objects) {
    this.objects = objects;
  }

  /** Whether the platform has access to this account. */
  public boolean isAccessible(String id) {
    return id.equals(PLATFORM)
        || objects
            .findAnywhere(KIND, id)
            .filter(found -> !found.innerFlag(DISCONNECTED))
            .isPresent();
  }
}
