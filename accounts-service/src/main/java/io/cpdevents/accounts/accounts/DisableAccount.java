package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.passwords.PasswordHashing;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Nobody can log in to an account any more. */
@Component
public class DisableAccount {

  private final Accounts accounts;
  private final Clock clock;

  DisableAccount(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Takes its password away; its name and address stay as they are. */
  @Transactional
  public void handle(UUID accountId) {
    Account account = accounts.lock(accountId).orElseThrow();
    Account disabled = account.withPassword(PasswordHashing.UNMATCHABLE_HASH, clock.instant());
    accounts.save(disabled);
  }
}
