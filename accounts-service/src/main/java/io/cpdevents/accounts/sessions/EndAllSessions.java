package io.cpdevents.accounts.sessions;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person logs out everywhere, this device included; or an administrator of the platform logs a
 * person out everywhere.
 */
@Component
public class EndAllSessions {

  private final EndSessions endSessions;

  EndAllSessions(EndSessions endSessions) {
    this.endSessions = endSessions;
  }

  /** Ends all sessions of the account; one without any is no error. */
  @Transactional
  public void handle(UUID accountId) {
    endSessions.handle(accountId, null);
  }
}
