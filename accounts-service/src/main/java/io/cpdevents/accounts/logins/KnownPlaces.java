package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.origin.RequestOrigin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From where the owners of accounts have got in. */
@Component
public class KnownPlaces {

  private final Logins logins;

  KnownPlaces(Logins logins) {
    this.logins = logins;
  }

  /**
   * Whether the owner has got in from this network, or by this browser, as far back as attempts are
   * recorded.
   *
   * @param accountId null for none, which is asked for all the same: it takes as long
   */
  public boolean areOwners(@Nullable UUID accountId, RequestOrigin origin) {
    return logins.hasSucceededFrom(accountId, origin);
  }
}
