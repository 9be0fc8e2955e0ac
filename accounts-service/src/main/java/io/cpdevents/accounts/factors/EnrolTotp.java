package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.factors.Totps.Stored;
import io.cpdevents.accounts.sessions.RequireFreshProof;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person begins to set up an authenticator app; it counts once a code of it was typed. */
@Component
public class EnrolTotp {

  /**
   * What the app has to know; it is shown this once.
   *
   * @param secret as people type it
   * @param otpauthUri as apps read it from a square code
   */
  public record Enrolment(String secret, String otpauthUri) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final RequireFreshProof requireFreshProof;
  private final Totps totps;
  private final SealingKeys keys;
  private final AuditTrail auditTrail;
  private final Clock clock;

  EnrolTotp(
      RequireFreshProof requireFreshProof,
      Totps totps,
      SealingKeys keys,
      AuditTrail auditTrail,
      Clock clock) {
    this.requireFreshProof = requireFreshProof;
    this.totps = totps;
    this.keys = keys;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Makes a secret, in place of one that was not confirmed.
   *
   * @throws RuleViolation 403 {@code step-up-required}, 409 {@code totp-already-set-up}
   */
  @Transactional
  public Enrolment handle(UUID accountId, UUID sessionId) {
    requireFreshProof.handle(accountId, sessionId);
    TotpSecret secret = TotpSecret.next();
    Stored totp = new Stored(Ids.next(), accountId, keys.seal(accountId, secret));
    if (!totps.begin(totp, clock.instant())) {
      throw AccountsProblem.TOTP_ALREADY_SET_UP.violation();
    }
    auditTrail.record("totp.begun", "account", accountId.toString(), null, Map.of());
    return new Enrolment(secret.text(), secret.uri(totps.emailOf(accountId)));
  }
}
