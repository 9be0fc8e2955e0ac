package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Money of an organization has come back that was a part of a debt which two people have written
 * off: it covers that first, because the platform has borne it.
 */
@Component
public class RecoverWriteOff {

  /**
   * What has come back and is the organization's by another journal.
   *
   * @param businessId of that journal
   */
  public record Command(
      UUID organizationId, Money amount, String businessId, JournalReferences about) {}

  private final LockOrganizationDebt lockDebt;
  private final WrittenOffDebts writtenOff;
  private final Ledger ledger;

  RecoverWriteOff(LockOrganizationDebt lockDebt, WrittenOffDebts writtenOff, Ledger ledger) {
    this.lockDebt = lockDebt;
    this.writtenOff = writtenOff;
    this.ledger = ledger;
  }

  /** Posts as much of it as was written off. The lock keeps out whoever writes off more. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    UUID organizationId = command.organizationId();
    lockDebt.handle(organizationId, command.amount().currency());
    Money recovered = writtenOff.take(organizationId, command.amount());
    if (recovered.isPositive()) {
      ledger.post(
          new Journal(
              JournalKind.WRITE_OFF_RECOVERED,
              command.businessId(),
              command.about(),
              Postings.writeOffRecovered(organizationId, recovered)));
    }
  }
}
