package io.cpdevents.billing.subscriptions;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An organization that is founded is on the Free plan; who owns it is kept, for trials. With one
 * that is closed ends its plan.
 */
@Component
public class KeepOwner {

  /**
   * An organization.
   *
   * @param version of the organization: an older one changes nothing
   * @param closed whether nobody belongs to it any more
   */
  public record Command(UUID organizationId, long version, UUID ownerAccountId, boolean closed) {}

  private final Subscriptions subscriptions;
  private final SaveSubscription save;
  private final ClosingTasks tasks;
  private final Clock clock;

  KeepOwner(Subscriptions subscriptions, SaveSubscription save, ClosingTasks tasks, Clock clock) {
    this.subscriptions = subscriptions;
    this.save = save;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Keeps the owner, and tells what the Free plan entitles to when the organization is new. */
  @Transactional
  public void handle(Command command) {
    subscriptions.keepOwner(command.organizationId(), command.version(), command.ownerAccountId());
    save.ifAbsent(Subscription.free(command.organizationId(), clock.instant()));
    if (command.closed()) {
      tasks.endPlan(command.organizationId());
    }
  }
}
