package io.cpdevents.sandbox.front;

/** Whose objects they are. Connected accounts come with Connect. */
public final class StripeAccounts {
  /** The platform's own account. */
  public static final String PLATFORM = "acct_1SandboxPlatform00";

  private StripeAccounts() {}
}
