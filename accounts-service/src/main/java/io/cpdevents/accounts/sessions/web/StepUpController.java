package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.logins.CodeField;
import io.cpdevents.accounts.logins.FactorCode;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.sessions.ProveAgain;
import io.cpdevents.accounts.sessions.ProveAgain.Means;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.WithoutFactor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sessions", description = "Logging in and out, and where one is logged in.")
@RestController
@RequestMapping("/api/v1/sessions/current/step-up")
class StepUpController {

  /**
   * One of the two: who has a second factor sends its code, and the password is not enough.
   *
   * @param totpCode what the authenticator app shows
   */
  @Schema(name = "StepUp", example = "{\"password\": \"a long passphrase\"}")
  record StepUpRequest(
      @Nullable @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText password,
      @Nullable @Schema(minLength = CodeField.MIN_CHARACTERS, maxLength = CodeField.MAX_CHARACTERS)
          SecretText totpCode)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      if (password == null && totpCode == null) {
        return List.of(FieldProblem.REQUIRED.at(Password.FIELD));
      }
      return Stream.of(
              SecretText.faultsOf(Password.FIELD, password),
              CodeField.faultsOf(CodeField.TOTP, totpCode),
              CodeField.twice(password, CodeField.TOTP, totpCode))
          .flatMap(List::stream)
          .toList();
    }

    private Means means() {
      return totpCode == null
          ? new Means.ByPassword(Password.typed(Objects.requireNonNull(password)))
          : new Means.ByCode(FactorCode.totp(totpCode));
    }
  }

  private final ProveAgain proveAgain;

  StepUpController(ProveAgain proveAgain) {
    this.proveAgain = proveAgain;
  }

  /** Repeated with another password under one key it must be looked at anew: it is not stored. */
  @Refuses({
    AccountsProblem.INVALID_CREDENTIALS,
    AccountsProblem.TOTP_REQUIRED,
    AccountsProblem.EMAIL_UNVERIFIED,
    AccountsProblem.SERVER_BUSY
  })
  @Operation(summary = "Prove once more that it is me, for the next five minutes: step-up-required")
  @PostMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @AccountEndpoint(whileClosing = true)
  @WithoutFactor
  @NeverStored
  void stepUp(@Valid @RequestBody StepUpRequest body, Caller caller, HttpServletRequest request) {
    proveAgain.handle(
        new ProveAgain.Command(
            caller.accountId(), caller.sessionId(), body.means(), RequestOrigin.of(request)));
  }
}
