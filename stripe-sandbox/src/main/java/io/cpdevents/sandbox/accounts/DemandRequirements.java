package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lets Stripe require more of a connected account, or disable it. */
@Component
class DemandRequirements {
  private static final long DEADLINE_SECONDS = Duration.ofDays(14).toSeconds();

  private final Accounts accounts;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  DemandRequirements(Accounts accounts, PlannedSteps steps, SandboxClock clock) {
    this.accounts = accounts;
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * Replaces what is required of a locked account. Without a reason the account stays enabled until
   * a deadline.
   *
   * @param reason the disabled reason; null when the account stays enabled
   * @param payoutsEnabled null when it follows from the rest
   */
  void handle(
      StripeObject account,
      List<String> currentlyDue,
      @Nullable String reason,
      @Nullable Boolean payoutsEnabled) {
    ObjectNode before = account.body().deepCopy();
    ObjectNode inner = account.inner();
    ArrayNode demanded = inner.putArray(AccountStatus.DEMANDED);
    currentlyDue.forEach(demanded::add);
    steps.cancel(PassDeadline.KIND, account.id());
    inner.remove(AccountStatus.DEADLINE);
    inner.remove(AccountStatus.REASON);
    inner.remove(AccountStatus.PAYOUTS);
    if (reason != null) {
      inner.put(AccountStatus.REASON, reason);
    }
    if (!currentlyDue.isEmpty() && !AccountStatus.PAST_DUE.equals(reason)) {
      long deadline = clock.epochSecond() + DEADLINE_SECONDS;
      inner.put(AccountStatus.DEADLINE, deadline);
      steps.planAt(deadline, PassDeadline.KIND, account.id());
    }
    if (payoutsEnabled != null) {
      inner.put(AccountStatus.PAYOUTS, payoutsEnabled);
    }
    accounts.changed(account, before);
  }
}
