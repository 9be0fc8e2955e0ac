package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Disables an account whose requirements were not met by their deadline. */
@Component
class PassDeadline implements StepHandler {
  static final String KIND = "pass-requirements-deadline";

  private final Accounts accounts;

  PassDeadline(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String accountId) {
    StripeObject account = accounts.lock(accountId);
    if (account.inner().has(AccountStatus.DEADLINE) && Accounts.isConnected(account)) {
      ObjectNode before = account.body().deepCopy();
      account.inner().remove(AccountStatus.DEADLINE);
      accounts.changed(account, before);
    }
  }
}
