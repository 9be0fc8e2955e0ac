package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What an organization owes was written off: what comes back of it is the platform's. */
@Component
public class NoteWrittenOff {

  private final WrittenOffDebts writtenOff;

  NoteWrittenOff(WrittenOffDebts writtenOff) {
    this.writtenOff = writtenOff;
  }

  /** Notes it, in the transaction that posts it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID organizationId, Money debt) {
    writtenOff.add(organizationId, debt);
  }
}
