package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Ends the verification of what was entered in the hosted onboarding. */
@Component
class VerifyAccount implements StepHandler {
  static final String KIND = "verify-account";

  private final Accounts accounts;

  VerifyAccount(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String accountId) {
    StripeObject account = accounts.lock(accountId);
    if (account.innerFlag(AccountStatus.VERIFYING) && Accounts.isConnected(account)) {
      ObjectNode before = account.body().deepCopy();
      account.inner().remove(AccountStatus.VERIFYING);
      accounts.changed(account, before);
    }
  }
}
