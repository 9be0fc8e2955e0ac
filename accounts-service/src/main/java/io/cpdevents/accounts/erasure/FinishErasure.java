package io.cpdevents.accounts.erasure;

import io.cpdevents.accounts.accounts.EraseAccount;
import io.cpdevents.accounts.invitations.ForgetInvitations;
import io.cpdevents.accounts.zoom.ForgetWhoConnected;
import io.cpdevents.accounts.zoommeetings.ForgetRegistrants;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.erasure.ErasureTasks;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The last mail to the person is settled, so their name and address are forgotten too. */
@Component
public class FinishErasure {

  private final Erasures erasures;
  private final ForgetInvitations forgetInvitations;
  private final ForgetWhoConnected forgetWhoConnected;
  private final ForgetRegistrants forgetRegistrants;
  private final EraseAccount eraseAccount;
  private final ErasureTasks tasks;
  private final AuditTrail auditTrail;
  private final Clock clock;

  FinishErasure(
      Erasures erasures,
      ForgetInvitations forgetInvitations,
      ForgetWhoConnected forgetWhoConnected,
      ForgetRegistrants forgetRegistrants,
      EraseAccount eraseAccount,
      ErasureTasks tasks,
      AuditTrail auditTrail,
      Clock clock) {
    this.erasures = erasures;
    this.forgetInvitations = forgetInvitations;
    this.forgetWhoConnected = forgetWhoConnected;
    this.forgetRegistrants = forgetRegistrants;
    this.eraseAccount = eraseAccount;
    this.tasks = tasks;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Finishes the erasure; told twice: once. */
  @Transactional
  public void handle(UUID erasureId, UUID accountId) {
    erasures.lockAccount(accountId);
    erasures
        .lock(erasureId)
        .flatMap(erasure -> erasure.done(clock.instant()))
        .ifPresent(done -> {
          erasures.save(done);
          tasks.forgetAnswersAbout(forgetInvitations.handle(done.accountId()));
          forgetRegistrants.handle(done.accountId());
          forgetWhoConnected.handle(done.accountId());
          eraseAccount.handle(done.accountId());
          tasks.forgetRequestsOf(done.accountId());
          auditTrail.record(
              "account.erased",
              "account",
              done.accountId().toString(),
              null,
              new Change(Map.of("erasure", "started"), Map.of("erasure", "done"))
                  .with(Map.of("erasureId", done.id().toString())));
        });
  }
}
