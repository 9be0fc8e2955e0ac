package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.logins.PasskeyCheck.Assertion;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.sessions.LogIn;
import io.cpdevents.accounts.sessions.LogInWithPasskey;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PublicEndpoint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sessions", description = "Logging in and out, and where one is logged in.")
@RestController
@RequestMapping("/api/v1/sessions/passkey")
class PasskeySessionController {

  /**
   * What the browser's {@code navigator.credentials.get} answers, each field as base64url.
   *
   * @param credentialId the credential's {@code id}
   * @param clientDataJson {@code response.clientDataJSON}
   * @param authenticatorData {@code response.authenticatorData}
   * @param signature {@code response.signature}
   * @param userHandle {@code response.userHandle}
   */
  @Schema(name = "PasskeyAssertion")
  record AssertionRequest(
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText credentialId,
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText clientDataJson,
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText authenticatorData,
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText signature,
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText userHandle)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return Stream.of(
              SecretText.faultsOf("credentialId", credentialId),
              SecretText.faultsOf("clientDataJson", clientDataJson),
              SecretText.faultsOf("authenticatorData", authenticatorData),
              SecretText.faultsOf("signature", signature),
              SecretText.faultsOf("userHandle", userHandle))
          .flatMap(List::stream)
          .toList();
    }

    private Assertion assertion() {
      return new Assertion(
          credentialId.value(),
          clientDataJson.value(),
          authenticatorData.value(),
          signature.value(),
          userHandle.value());
    }
  }

  private final LogInWithPasskey logIn;
  private final OpenedSessions openedSessions;

  PasskeySessionController(LogInWithPasskey logIn, OpenedSessions openedSessions) {
    this.logIn = logIn;
    this.openedSessions = openedSessions;
  }

  @Refuses({AccountsProblem.INVALID_CREDENTIALS})
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Log in with a passkey, by what it has signed of POST /sessions/passkey/options; the"
              + " answer is that of POST /sessions. The session that the request is sent with ends")
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
  ResponseEntity<OpenedSession> logInWithPasskey(
      @Valid @RequestBody AssertionRequest body,
      Optional<Caller> caller,
      HttpServletRequest request) {
    RequestOrigin origin = RequestOrigin.of(request);
    return openedSessions.answer(
        logIn.handle(
            new LogInWithPasskey.Command(
                body.assertion(),
                origin,
                caller.map(sent -> new LogIn.SentWith(sent.accountId(), sent.sessionId())))),
        origin,
        request);
  }
}
