package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.objects.StripeObjects;
import org.springframework.stereotype.Component;

/**
 * The accounts that own objects: the platform's own and those that are connected to it. Another
 * platform has a key as well, and an account to which none of them is connected.
 */
@Component
public class StripeAccounts {
  /** The platform's own account. */
  public static final String PLATFORM = "acct_1SandboxPlatform00";

  /** The account of another platform. */
  public static final String OTHER_PLATFORM = "acct_1SandboxStranger00";

  public static final String KIND = "account";

  private static final String KEYS_OF_OTHER_PLATFORM = "sk_test_other";

  /** The inner fact of an account that is no longer connected. */
  public static final String DISCONNECTED = "disconnected";

  private final StripeObjects objects;

  StripeAccounts(StripeObjects objects) {
    this.objects = objects;
  }

  /** Whether an account has keys of its own. */
  public static boolean hasKeys(String id) {
    return id.equals(PLATFORM) || id.equals(OTHER_PLATFORM);
  }

  /** The account of a key. */
  static String ofKey(String key) {
    return key.startsWith(KEYS_OF_OTHER_PLATFORM) ? OTHER_PLATFORM : PLATFORM;
  }

  /** Whether the platform has access to this account. */
  public boolean isAccessible(String id) {
    return isAccessible(id, PLATFORM);
  }

  /** Whether the owner of a key has access to this account. */
  boolean isAccessible(String id, String owner) {
    if (id.equals(owner)) {
      return true;
    }
    return owner.equals(PLATFORM)
        && objects
            .findAnywhere(KIND, id)
            .filter(found -> !found.innerFlag(DISCONNECTED))
            .isPresent();
  }
}
