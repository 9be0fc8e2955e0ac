package io.cpdevents.accounts.accounts;

import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.messaging.Outbox;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person's account is removed, with their name, address and credentials. */
@Component
public class EraseAccount {

  private final Accounts accounts;
  private final Outbox outbox;

  EraseAccount(Accounts accounts, Outbox outbox) {
    this.accounts = accounts;
    this.outbox = outbox;
  }

  /** Removes it here, and from the topic of profiles for every other service. */
  @Transactional
  public void handle(UUID accountId) {
    if (accounts.remove(accountId)) {
      outbox.appendTombstone(Topic.ACCOUNTS_PROFILES, accountId.toString());
    }
  }
}
