package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.factors.Totps.Stored;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** After a change of the key, secrets are sealed anew, so that the former one can go. */
@Component
public class ResealTotps {

  private static final int MAX_BATCH_ROWS = 200;

  private final Totps totps;
  private final SealingKeys keys;

  ResealTotps(Totps totps, SealingKeys keys) {
    this.totps = totps;
    this.keys = keys;
  }

  /** Seals one batch anew; returns how many it was. */
  @Transactional
  public int handle() {
    List<Stored> batch = totps.lockSealedOtherwise(keys.currentId(), MAX_BATCH_ROWS);
    batch.forEach(totp ->
        totps.reseal(
            totp.id(), keys.seal(totp.accountId(), keys.open(totp.accountId(), totp.secret()))));
    return batch.size();
  }
}
