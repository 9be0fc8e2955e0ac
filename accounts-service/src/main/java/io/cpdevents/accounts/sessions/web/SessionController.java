package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.logins.CodeField;
import io.cpdevents.accounts.logins.FactorCode;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.sessions.EndAllSessions;
import io.cpdevents.accounts.sessions.LogIn;
import io.cpdevents.accounts.sessions.LogIn.LoggedIn;
import io.cpdevents.accounts.sessions.LogOut;
import io.cpdevents.accounts.sessions.RevokeOtherSessions;
import io.cpdevents.accounts.sessions.RevokeSession;
import io.cpdevents.accounts.sessions.SessionQueries;
import io.cpdevents.accounts.sessions.SessionView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.security.WithoutFactor;
import io.cpdevents.platform.text.EmailAddress;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sessions", description = "Logging in and out, and where one is logged in.")
@RestController
@RequestMapping("/api/v1/sessions")
class SessionController {

  private static final String SCOPE_OTHERS = "others";
  private static final String SCOPE_ALL = "all";

  /**
   * What somebody logs in with. An account with an authenticator app answers a password alone with
   * {@code totp-required}; then one of the codes is sent with it.
   *
   * @param totpCode what the authenticator app shows; it counts once
   * @param recoveryCode one of those that were written down; it counts once
   */
  @Schema(
      name = "Credentials",
      example = "{\"email\": \"ada@example.org\", \"password\": \"a long passphrase\"}")
  record LogInRequest(
      @NotBlank @EmailAddress String email,
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText password,
      @Nullable @Schema(minLength = CodeField.MIN_CHARACTERS, maxLength = CodeField.MAX_CHARACTERS)
          SecretText totpCode,
      @Nullable @Schema(minLength = CodeField.MIN_CHARACTERS, maxLength = CodeField.MAX_CHARACTERS)
          SecretText recoveryCode)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return Stream.of(
              SecretText.faultsOf(Password.FIELD, password),
              CodeField.faultsOf(CodeField.TOTP, totpCode),
              CodeField.faultsOf(CodeField.RECOVERY_CODE, recoveryCode),
              CodeField.twice(totpCode, CodeField.RECOVERY_CODE, recoveryCode))
          .flatMap(List::stream)
          .toList();
    }

    private @Nullable FactorCode code() {
      if (totpCode != null) {
        return FactorCode.totp(totpCode);
      }
      return recoveryCode == null ? null : FactorCode.recoveryCode(recoveryCode);
    }
  }

  private final LogIn logIn;
  private final LogOut logOut;
  private final RevokeSession revokeSession;
  private final RevokeOtherSessions revokeOtherSessions;
  private final EndAllSessions endAllSessions;
  private final SessionQueries sessions;
  private final SessionCookie cookie;
  private final OpenedSessions openedSessions;

  SessionController(
      LogIn logIn,
      LogOut logOut,
      RevokeSession revokeSession,
      RevokeOtherSessions revokeOtherSessions,
      EndAllSessions endAllSessions,
      SessionQueries sessions,
      SessionCookie cookie,
      OpenedSessions openedSessions) {
    this.logIn = logIn;
    this.logOut = logOut;
    this.revokeSession = revokeSession;
    this.revokeOtherSessions = revokeOtherSessions;
    this.endAllSessions = endAllSessions;
    this.sessions = sessions;
    this.cookie = cookie;
    this.openedSessions = openedSessions;
  }

  @Refuses({
    AccountsProblem.INVALID_CREDENTIALS,
    AccountsProblem.TOTP_REQUIRED,
    AccountsProblem.EMAIL_UNVERIFIED,
    AccountsProblem.SERVER_BUSY
  })
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Log in; the token is set as a cookie, and also answered to who sends no Origin. The"
              + " session that the request is sent with ends")
  @ApiResponse(
      responseCode = "201",
      useReturnTypeSchema = true,
      headers =
          @Header(
              name = HttpHeaders.SET_COOKIE,
              description =
                  "The cookie of the session, and one by which the browser is known later; no"
                      + " script can read them.",
              required = true,
              schema = @Schema(type = "string")))
  @PostMapping
  @PublicEndpoint
  @NeverStored
  ResponseEntity<OpenedSession> logIn(
      @Valid @RequestBody LogInRequest body, Optional<Caller> caller, HttpServletRequest request) {
    RequestOrigin origin = RequestOrigin.of(request);
    LoggedIn loggedIn =
        logIn.handle(
            new LogIn.Command(
                body.email(),
                Password.typed(body.password()),
                body.code(),
                origin,
                caller.map(sent -> new LogIn.SentWith(sent.accountId(), sent.sessionId()))));
    return openedSessions.answer(loggedIn, origin, request);
  }

  @Operation(summary = "Where I am logged in")
  @GetMapping
  @AccountEndpoint
  @WithoutFactor
  Page<SessionView> listSessions(Caller caller, PageRequest page) {
    return sessions.live(caller.accountId(), caller.sessionId(), page);
  }

  @Refuses({AccountsProblem.SESSION_NOT_FOUND})
  @Operation(summary = "One of my sessions")
  @GetMapping("/{sessionId}")
  @AccountEndpoint
  @WithoutFactor
  SessionView getSession(@PathVariable UUID sessionId, Caller caller) {
    return sessions.one(sessionId, caller.accountId(), caller.sessionId());
  }

  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Log out")
  @ApiResponse(
      responseCode = "204",
      headers =
          @Header(
              name = HttpHeaders.SET_COOKIE,
              description = "Takes the cookie of the session away.",
              required = true,
              schema = @Schema(type = "string")))
  @DeleteMapping("/current")
  @AccountEndpoint(whileClosing = true)
  @WithoutFactor
  ResponseEntity<Void> logOut(Caller caller) {
    logOut.handle(caller.accountId(), caller.sessionId());
    return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie.cleared()).build();
  }

  @Refuses({AccountsProblem.SESSION_NOT_FOUND})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "End one of my sessions")
  @DeleteMapping("/{sessionId}")
  @AccountEndpoint
  @WithoutFactor
  ResponseEntity<Void> endSession(@PathVariable UUID sessionId, Caller caller) {
    revokeSession.handle(caller.accountId(), sessionId);
    return ResponseEntity.noContent().build();
  }

  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "End all of my sessions but this one: scope=others; or all of them: scope=all")
  @DeleteMapping
  @AccountEndpoint
  @WithoutFactor
  ResponseEntity<Void> endSessions(
      @RequestParam
          @Parameter(description = "Which sessions end.")
          @Schema(allowableValues = {SCOPE_OTHERS, SCOPE_ALL})
          String scope,
      Caller caller) {
    switch (scope) {
      case SCOPE_OTHERS -> revokeOtherSessions.handle(caller.accountId(), caller.sessionId());
      case SCOPE_ALL -> endAllSessions.handle(caller.accountId());
      default ->
          throw CommonProblem.INVALID_REQUEST.violation(
              List.of(FieldProblem.WRONG_TYPE.at("scope", List.of(SCOPE_OTHERS, SCOPE_ALL))));
    }
    return ResponseEntity.noContent().build();
  }
}
