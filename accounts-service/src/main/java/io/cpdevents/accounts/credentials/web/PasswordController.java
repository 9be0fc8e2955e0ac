package io.cpdevents.accounts.credentials.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.credentials.ChangePassword;
import io.cpdevents.accounts.credentials.NewPassword;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.StepUp;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Me", description = "The person who is logged in.")
@RestController
@RequestMapping("/api/v1/me/password")
class PasswordController {

  /**
   * Another password.
   *
   * @param newPassword as in a sign-up
   */
  @Schema(name = "PasswordChange")
  record ChangeRequest(
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText oldPassword,
      @NotNull @Schema(minLength = Password.MIN_CHARACTERS, maxLength = Password.MAX_CHARACTERS)
          SecretText newPassword)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return Stream.concat(
              SecretText.faultsOf("oldPassword", oldPassword).stream(),
              NewPassword.faultsOf(newPassword).stream())
          .toList();
    }
  }

  private final ChangePassword changePassword;

  PasswordController(ChangePassword changePassword) {
    this.changePassword = changePassword;
  }

  @Refuses({
    AccountsProblem.INVALID_CREDENTIALS,
    AccountsProblem.EMAIL_UNVERIFIED,
    AccountsProblem.SERVER_BUSY
  })
  @Operation(summary = "Choose another password; all of my sessions but this one end")
  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @AccountEndpoint
  @StepUp
  void changePassword(
      @Valid @RequestBody ChangeRequest body, Caller caller, HttpServletRequest request) {
    changePassword.handle(
        new ChangePassword.Command(
            caller.accountId(),
            caller.sessionId(),
            Password.typed(body.oldPassword()),
            body.newPassword(),
            RequestOrigin.of(request)));
  }
}
