package io.cpdevents.billing.subscriptions;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An organization that is founded is on the Free plan; those who own it are kept, for trials: who
 * comes to own it while it tries a plan tries that, too. With one that is closed ends its plan.
 */
@Component
public class KeepOwner {

  /**
   * An organization.
   *
   * @param version of the organization: an older one changes nothing
   * @param ownerAccountId an owner
   * @param ownerAccountIds all of them; empty when they were not told
   * @param closed whether nobody belongs to it any more
   */
  public record Command(
      UUID organizationId,
      long version,
      UUID ownerAccountId,
      List<UUID> ownerAccountIds,
      boolean closed) {}

  private final TrialUses trials;
  private final SaveSubscription save;
  private final Subscriptions subscriptions;
  private final ClosingTasks tasks;
  private final Clock clock;

  KeepOwner(
      TrialUses trials,
      SaveSubscription save,
      Subscriptions subscriptions,
      ClosingTasks tasks,
      Clock clock) {
    this.trials = trials;
    this.save = save;
    this.subscriptions = subscriptions;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Keeps the owners, and tells what the Free plan entitles to when the organization is new. */
  @Transactional
  public void handle(Command command) {
    UUID organizationId = command.organizationId();
    save.ifAbsent(Subscription.free(organizationId, clock.instant()));
    // Whoever begins a trial or another plan at this moment comes before, or sees this.
    Subscription subscription = subscriptions.lock(organizationId).orElseThrow();
    trials.keepOwners(command);
    if (subscription.isTrying()) {
      trials.join(organizationId);
    }
    if (command.closed()) {
      tasks.endPlan(organizationId);
    }
  }
}
