package io.cpdevents.sandbox.api;

/** The accounts that own objects. Connected accounts do not exist here yet. */
public final class StripeAccounts {
  /** The platform's own account. */
  public static final String PLATFORM = "acct_1SandboxPlatform00";

  private StripeAccounts() {}
}
