package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.sessions.ProveAgain;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
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

  @Schema(name = "StepUp")
  record StepUpRequest(@NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText password)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return SecretText.faultsOf(Password.FIELD, password);
    }
  }

  private final ProveAgain proveAgain;

  StepUpController(ProveAgain proveAgain) {
    this.proveAgain = proveAgain;
  }

  /** Repeated with another password under one key it must be looked at anew: it is not stored. */
  @Refuses({
    AccountsProblem.INVALID_CREDENTIALS,
    AccountsProblem.EMAIL_UNVERIFIED,
    AccountsProblem.SERVER_BUSY
  })
  @Operation(summary = "Prove once more that it is me, for the next five minutes: step-up-required")
  @PostMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @AccountEndpoint(whileClosing = true)
  @NeverStored
  void stepUp(@Valid @RequestBody StepUpRequest body, Caller caller, HttpServletRequest request) {
    proveAgain.handle(
        new ProveAgain.Command(
            caller.accountId(),
            caller.sessionId(),
            Password.typed(body.password()),
            RequestOrigin.of(request)));
  }
}
