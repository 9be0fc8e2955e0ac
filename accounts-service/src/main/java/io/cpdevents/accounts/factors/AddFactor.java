package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.sessions.NoteAddedFactor;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An account has one second factor more, which its owner has just proved. */
@Component
public class AddFactor {

  /** In which session, and what was added. */
  public record Command(UUID sessionId, SecondFactorChange change) {}

  private final FactorCounts counts;
  private final NoteAddedFactor noteAddedFactor;
  private final TellFactorChange tell;

  AddFactor(FactorCounts counts, NoteAddedFactor noteAddedFactor, TellFactorChange tell) {
    this.counts = counts;
    this.noteAddedFactor = noteAddedFactor;
    this.tell = tell;
  }

  /** Counts and tells it in the caller's transaction; answers whether it is the first one. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean handle(Command command, Proof proof) {
    boolean isFirst = counts.add(proof.accountId(), 1) == 1;
    noteAddedFactor.handle(command.sessionId(), proof);
    tell.handle(proof.accountId(), command.change());
    return isFirst;
  }
}
