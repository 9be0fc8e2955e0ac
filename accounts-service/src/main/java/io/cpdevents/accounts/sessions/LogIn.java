package io.cpdevents.accounts.sessions;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.sessions.Credentials.Credential;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A person logs in; every attempt is recorded once, successful or not. */
@Component
public class LogIn {

  /**
   * One attempt.
   *
   * @param email normalized
   * @param sentWith the session that the request was sent with; a success ends it
   */
  public record Command(
      String email, Password password, RequestOrigin origin, Optional<SentWith> sentWith) {}

  /** A session, whoever's it is. */
  public record SentWith(UUID accountId, UUID sessionId) {}

  /**
   * A session and its token.
   *
   * @param token is answered this once and stored nowhere
   */
  public record LoggedIn(SessionView session, OpaqueToken token) {}

  /** The longest time for which a browser needs a session's token. */
  public static final Duration MAX_SESSION_LIFETIME = Session.MAX_LIFETIME;

  /** A person has fewer devices; the session that was used least ends. */
  static final int MAX_SESSIONS = 50;

  private final RequestLimits limits;
  private final PasswordHashing passwords;
  private final TransactionTemplate transaction;
  private final Credentials credentials;
  private final Sessions sessions;
  private final EndedSessions endedSessions;
  private final Occasions occasions;
  private final WarnOfLogIns warnOfLogIns;
  private final Logins logins;
  private final AuditTrail auditTrail;
  private final Clock clock;

  LogIn(
      RequestLimits limits,
      PasswordHashing passwords,
      TransactionTemplate transaction,
      Credentials credentials,
      Sessions sessions,
      EndedSessions endedSessions,
      Occasions occasions,
      WarnOfLogIns warnOfLogIns,
      Logins logins,
      AuditTrail auditTrail,
      Clock clock) {
    this.limits = limits;
    this.passwords = passwords;
    this.transaction = transaction;
    this.credentials = credentials;
    this.sessions = sessions;
    this.endedSessions = endedSessions;
    this.occasions = occasions;
    this.warnOfLogIns = warnOfLogIns;
    this.logins = logins;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Opens a session. The limits come first, because hashing is expensive. The password is hashed
   * even if nobody has the e-mail address, so that neither answer nor time shows who has an
   * account.
   *
   * @throws RuleViolation 401 {@code invalid-credentials}, 403 {@code email-unverified}, 429 {@code
   *     too-many-requests} or {@code server-busy}
   */
  public LoggedIn handle(Command command) {
    Optional<Credential> credential = credentials.find(command.email());
    @Nullable UUID accountId = credential.map(Credential::accountId).orElse(null);
    boolean ownersPlace = logins.hasSucceededFrom(accountId, command.origin().network());
    takeAttempt(command, accountId);
    if (!ownersPlace) {
      takeAttemptFromElsewhere(command, credential);
    }
    boolean matches = passwordMatches(command, credential, accountId);
    if (credential.isEmpty()) {
      throw refused(command, null, LoginOutcome.UNKNOWN_EMAIL);
    }
    if (!matches) {
      throw refused(command, accountId, LoginOutcome.WRONG_PASSWORD);
    }
    if (!credential.get().verified()) {
      throw refused(command, accountId, LoginOutcome.EMAIL_UNVERIFIED);
    }
    takeSuccess(command, credential.get().accountId());
    LoggedIn loggedIn =
        open(command, credential.get())
            .orElseThrow(() -> refused(command, accountId, LoginOutcome.WRONG_PASSWORD));
    limits.onSuccess(Limit.LOG_IN, limitSubject(command));
    limits.onSuccess(Limit.LOG_IN_ADDRESS, command.origin().network());
    if (!ownersPlace) {
      limits.onSuccess(Limit.LOG_IN_ACCOUNT, command.email());
    }
    return loggedIn;
  }

  /**
   * Many addresses guess together what one may not guess alone. Who comes from where the owner has
   * got in before is not counted, so that they cannot lock the owner out. It is counted by the
   * e-mail address, whether it has an account or not, so that nobody sees which has.
   */
  private void takeAttemptFromElsewhere(Command command, Optional<Credential> credential) {
    try {
      limits.take(Limit.LOG_IN_ACCOUNT, command.email());
    } catch (RuleViolation tooMany) {
      record(
          command,
          credential.map(Credential::accountId).orElse(null),
          LoginOutcome.TOO_MANY_ATTEMPTS);
      credential
          .filter(Credential::verified)
          .filter(_ -> occasions.take(Limit.LOG_IN_ACCOUNT_MAIL, command.email()))
          .ifPresent(owner ->
              warnOfLogIns.handle(owner.accountId(), Objects.requireNonNull(tooMany.retryAfter())));
      throw tooMany;
    }
  }

  private void takeSuccess(Command command, UUID accountId) {
    try {
      limits.take(Limit.LOG_IN_SUCCESS, accountId.toString());
    } catch (RuleViolation tooMany) {
      record(command, accountId, LoginOutcome.TOO_MANY_ATTEMPTS);
      throw tooMany;
    }
  }

  private void takeAttempt(Command command, @Nullable UUID accountId) {
    try {
      limits.take(Limit.LOG_IN, limitSubject(command));
      limits.take(Limit.LOG_IN_ADDRESS, command.origin().network());
    } catch (RuleViolation tooMany) {
      record(command, accountId, LoginOutcome.TOO_MANY_ATTEMPTS);
      throw tooMany;
    }
  }

  private boolean passwordMatches(
      Command command, Optional<Credential> credential, @Nullable UUID accountId) {
    try {
      return passwords.matches(
          command.password(), credential.map(Credential::passwordHash).orElse(null));
    } catch (RuleViolation busy) {
      record(command, accountId, LoginOutcome.SERVER_BUSY);
      throw busy;
    }
  }

  private Optional<LoggedIn> open(Command command, Credential credential) {
    OpaqueToken token = OpaqueToken.next();
    Instant now = clock.instant();
    Session session = Session.opened(Ids.next(), credential.accountId(), command.origin(), now);
    Optional<Session> opened =
        transaction.execute(_ -> {
          Optional<Session> added =
              sessions.add(session, token.sha256(), credential.passwordHash());
          added.ifPresent(_ -> {
            logins.record(
                credential.accountId(),
                LoginOutcome.SUCCEEDED,
                session.id(),
                command.origin(),
                now);
            auditTrail.recordBy(
                credential.accountId(),
                "session.opened",
                "account",
                credential.accountId().toString(),
                null,
                Map.of("sessionId", session.id().toString()));
            endOthers(command, credential.accountId(), now);
          });
          return added;
        });
    return Objects.requireNonNull(opened)
        .map(added -> new LoggedIn(SessionView.of(added, true), token));
  }

  private void endOthers(Command command, UUID accountId, Instant now) {
    command
        .sentWith()
        .filter(
            sent -> sessions.end(sent.accountId(), sent.sessionId(), SessionEnd.LOGGED_OUT, now))
        .ifPresent(sent ->
            endedSessions.announce(
                new Sessions.Ended(sent.accountId(), sent.sessionId()),
                SessionEnd.LOGGED_OUT,
                now));
    sessions
        .endBeyond(MAX_SESSIONS, accountId, SessionEnd.REVOKED, now)
        .forEach(ended -> endedSessions.announce(ended, SessionEnd.REVOKED, now));
  }

  private RuleViolation refused(Command command, @Nullable UUID accountId, LoginOutcome outcome) {
    record(command, accountId, outcome);
    return outcome == LoginOutcome.EMAIL_UNVERIFIED
        ? AccountsProblem.EMAIL_UNVERIFIED.violation()
        : AccountsProblem.INVALID_CREDENTIALS.violation();
  }

  private void record(Command command, @Nullable UUID accountId, LoginOutcome outcome) {
    logins.record(accountId, outcome, null, command.origin(), clock.instant());
  }

  private static String limitSubject(Command command) {
    return command.email() + " from " + command.origin().network();
  }
}
