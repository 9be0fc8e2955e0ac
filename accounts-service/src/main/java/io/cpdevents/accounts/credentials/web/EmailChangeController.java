package io.cpdevents.accounts.credentials.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.credentials.ConfirmEmailChange;
import io.cpdevents.accounts.credentials.RequestEmailChange;
import io.cpdevents.accounts.credentials.RevertEmailChange;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.text.EmailAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Me", description = "The person who is logged in.")
@RestController
@RequestMapping("/api/v1/me/email-changes")
class EmailChangeController {

  @Schema(name = "NewEmailChange")
  record ChangeRequest(@NotBlank @EmailAddress String newEmail) {}

  /** A link that was followed. */
  @Schema(name = "EmailLink")
  record LinkRequest(@NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText token)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return SecretText.faultsOf("token", token);
    }
  }

  private final RequestEmailChange requestEmailChange;
  private final ConfirmEmailChange confirmEmailChange;
  private final RevertEmailChange revertEmailChange;

  EmailChangeController(
      RequestEmailChange requestEmailChange,
      ConfirmEmailChange confirmEmailChange,
      RevertEmailChange revertEmailChange) {
    this.requestEmailChange = requestEmailChange;
    this.confirmEmailChange = confirmEmailChange;
    this.revertEmailChange = revertEmailChange;
  }

  @Refuses({AccountsProblem.ACCOUNT_NOT_FOUND, AccountsProblem.SAME_EMAIL})
  @Operation(
      summary =
          "Ask for another e-mail address: a link is sent there; the answer is the same when the"
              + " address is taken")
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @AccountEndpoint
  @StepUp
  void requestEmailChange(
      @Valid @RequestBody ChangeRequest body,
      Intent intent,
      Caller caller,
      HttpServletRequest request) {
    requestEmailChange.handle(
        new RequestEmailChange.Command(intent.id(), caller.accountId(), body.newEmail()),
        RequestOrigin.of(request));
  }

  @Refuses({
    AccountsProblem.TOKEN_INVALID,
    AccountsProblem.EMAIL_TAKEN,
    AccountsProblem.ACCOUNT_NOT_FOUND
  })
  @Operation(summary = "Follow the link that was sent to the new address")
  @PostMapping("/confirmation")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PublicEndpoint
  void confirmEmailChange(@Valid @RequestBody LinkRequest body, HttpServletRequest request) {
    confirmEmailChange.handle(OpaqueToken.from(body.token()), RequestOrigin.of(request));
  }

  @Refuses({
    AccountsProblem.TOKEN_INVALID,
    AccountsProblem.EMAIL_TAKEN,
    AccountsProblem.ACCOUNT_NOT_FOUND,
    AccountsProblem.INVALID_CREDENTIALS,
    AccountsProblem.SERVER_BUSY
  })
  @Operation(
      summary =
          "Take the change back by the link that was sent to the old address; every session ends,"
              + " and the password counts no more")
  @PostMapping("/revert")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PublicEndpoint
  void revertEmailChange(@Valid @RequestBody LinkRequest body, HttpServletRequest request) {
    revertEmailChange.handle(OpaqueToken.from(body.token()), RequestOrigin.of(request));
  }
}
