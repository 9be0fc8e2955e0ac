package io.cpdevents.accounts.credentials.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.credentials.CompletePasswordReset;
import io.cpdevents.accounts.credentials.NewPassword;
import io.cpdevents.accounts.credentials.RequestPasswordReset;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.text.EmailAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Accounts", description = "Signing up and proving one's e-mail address.")
@RestController
@RequestMapping("/api/v1/password-resets")
class PasswordResetController {

  @Schema(name = "NewPasswordReset")
  record ResetRequest(@NotBlank @EmailAddress String email) {}

  /**
   * A link that was followed.
   *
   * @param newPassword as in a sign-up
   */
  @Schema(name = "PasswordResetCompletion")
  record CompletionRequest(
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText token,
      @NotNull @Schema(minLength = Password.MIN_CHARACTERS, maxLength = Password.MAX_CHARACTERS)
          SecretText newPassword)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return Stream.concat(
              SecretText.faultsOf("token", token).stream(),
              NewPassword.faultsOf(newPassword).stream())
          .toList();
    }
  }

  private final RequestPasswordReset requestPasswordReset;
  private final CompletePasswordReset completePasswordReset;

  PasswordResetController(
      RequestPasswordReset requestPasswordReset, CompletePasswordReset completePasswordReset) {
    this.requestPasswordReset = requestPasswordReset;
    this.completePasswordReset = completePasswordReset;
  }

  @Operation(summary = "Ask for a link to choose another password; the answer is always the same")
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PublicEndpoint
  void requestPasswordReset(
      @Valid @RequestBody ResetRequest body, Intent intent, HttpServletRequest request) {
    requestPasswordReset.handle(
        new RequestPasswordReset.Command(intent.id(), body.email()), RequestOrigin.of(request));
  }

  @Refuses({AccountsProblem.TOKEN_INVALID, AccountsProblem.SERVER_BUSY})
  @Operation(
      summary =
          "Follow the link and choose another password; every session ends, and none is opened")
  @PostMapping("/completion")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PublicEndpoint
  void completePasswordReset(
      @Valid @RequestBody CompletionRequest body, HttpServletRequest request) {
    completePasswordReset.handle(
        new CompletePasswordReset.Command(
            OpaqueToken.from(body.token()), body.newPassword(), RequestOrigin.of(request)));
  }
}
