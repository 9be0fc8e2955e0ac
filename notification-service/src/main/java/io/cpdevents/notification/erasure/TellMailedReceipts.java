package io.cpdevents.notification.erasure;

import io.cpdevents.notification.erasure.ErasureReceipts.Settled;
import io.cpdevents.platform.erasure.MailedReceipts;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The last mail to a person is settled: accounts-service hears that the address can go. */
@Component
public class TellMailedReceipts {

  private static final int MAX_BATCH_ROWS = 100;

  private final ErasureReceipts receipts;
  private final MailedReceipts mailed;
  private final Clock clock;

  TellMailedReceipts(ErasureReceipts receipts, MailedReceipts mailed, Clock clock) {
    this.receipts = receipts;
    this.mailed = mailed;
    this.clock = clock;
  }

  /** Tells a batch; returns how many there were. */
  @Transactional
  public int handle() {
    List<Settled> settled = receipts.tell(clock.instant(), MAX_BATCH_ROWS);
    settled.forEach(
        each -> mailed.tell(each.accountId(), each.erasureId(), "notification", each.settledAt()));
    return settled.size();
  }
}
