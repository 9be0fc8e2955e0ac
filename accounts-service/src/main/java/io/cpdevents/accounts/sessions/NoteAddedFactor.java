package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who adds a second factor has proved it in this session; what other sessions have proved by the
 * password alone counts no more.
 */
@Component
public class NoteAddedFactor {

  private final Sessions sessions;
  private final NoteProof noteProof;

  NoteAddedFactor(Sessions sessions, NoteProof noteProof) {
    this.sessions = sessions;
    this.noteProof = noteProof;
  }

  /**
   * Notes it in the caller's transaction.
   *
   * @throws RuleViolation 401 {@code session-invalid} when the session has ended in the meantime
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID sessionId, Proof proof) {
    if (!sessions.proveFactor(sessionId, proof)) {
      throw CommonProblem.SESSION_INVALID.violation();
    }
    sessions.forgetPasswordProofs(proof.accountId(), sessionId);
    noteProof.handle(proof.accountId(), sessionId);
  }
}
