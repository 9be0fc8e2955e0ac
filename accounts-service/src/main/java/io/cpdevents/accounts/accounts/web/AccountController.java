package io.cpdevents.accounts.accounts.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.accounts.Preferences;
import io.cpdevents.accounts.accounts.ProfileDetails;
import io.cpdevents.accounts.accounts.RequestVerificationMail;
import io.cpdevents.accounts.accounts.SignUp;
import io.cpdevents.accounts.accounts.VerifyEmail;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordOwner;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.text.EmailAddress;
import io.cpdevents.platform.text.OneLine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Accounts", description = "Signing up and proving one's e-mail address.")
@RestController
@RequestMapping("/api/v1/accounts")
class AccountController {

  /**
   * A sign-up.
   *
   * @param password 12 to 128 characters; none of the common ones, and more than the person's own
   *     name and address
   * @param locale BCP 47
   * @param timeZone IANA
   */
  @Schema(name = "NewAccount")
  record SignUpRequest(
      @NotBlank @EmailAddress String email,
      @NotNull @Schema(minLength = Password.MIN_CHARACTERS, maxLength = Password.MAX_CHARACTERS)
          SecretText password,
      @NotBlank @OneLine(max = ProfileDetails.MAX_NAME_CHARACTERS) String name,
      @Nullable @OneLine(max = ProfileDetails.MAX_LOCALE_CHARACTERS) String locale,
      @Nullable @OneLine(max = ProfileDetails.MAX_TIME_ZONE_CHARACTERS) String timeZone)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      Stream<FieldError> ofPassword =
          password == null
              ? Stream.empty()
              : Password.faultOf(password, new PasswordOwner(email, name))
                  .map(code -> code.at(Password.FIELD))
                  .stream();
      return Stream.concat(ofPassword, Preferences.faultsOf(locale, timeZone).stream()).toList();
    }
  }

  /**
   * A link that was followed.
   *
   * @param password the one of the sign-up that the mail was sent for
   */
  @Schema(name = "EmailVerification")
  record VerificationRequest(
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText token,
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText password)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return Stream.concat(
              SecretText.faultsOf("token", token).stream(),
              SecretText.faultsOf(Password.FIELD, password).stream())
          .toList();
    }
  }

  @Schema(name = "VerificationMail")
  record VerificationMailRequest(@NotBlank @EmailAddress String email) {}

  private final SignUp signUp;
  private final VerifyEmail verifyEmail;
  private final RequestVerificationMail requestVerificationMail;

  AccountController(
      SignUp signUp, VerifyEmail verifyEmail, RequestVerificationMail requestVerificationMail) {
    this.signUp = signUp;
    this.verifyEmail = verifyEmail;
    this.requestVerificationMail = requestVerificationMail;
  }

  @Refuses({AccountsProblem.SERVER_BUSY})
  @Operation(summary = "Sign up; the answer is the same when the e-mail is taken")
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PublicEndpoint
  void signUp(@Valid @RequestBody SignUpRequest body, Intent intent, HttpServletRequest request) {
    signUp.handle(
        new SignUp.Command(
            intent.id(),
            body.email(),
            Password.chosen(body.password(), new PasswordOwner(body.email(), body.name())),
            body.name(),
            Preferences.of(body.locale(), body.timeZone()),
            RequestOrigin.of(request)));
  }

  @Refuses({
    AccountsProblem.TOKEN_INVALID,
    AccountsProblem.INVALID_CREDENTIALS,
    AccountsProblem.SERVER_BUSY
  })
  @Operation(
      summary = "Follow the link in the verification mail, with the password of that sign-up")
  @PostMapping("/verification")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PublicEndpoint
  void verifyEmail(@Valid @RequestBody VerificationRequest body, HttpServletRequest request) {
    verifyEmail.handle(
        new VerifyEmail.Command(
            OpaqueToken.from(body.token()),
            Password.typed(body.password()),
            RequestOrigin.of(request)));
  }

  @Operation(summary = "Ask for the verification mail again; the answer is always the same")
  @PostMapping("/verification-mails")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PublicEndpoint
  void requestVerificationMail(
      @Valid @RequestBody VerificationMailRequest body, Intent intent, HttpServletRequest request) {
    requestVerificationMail.handle(
        new RequestVerificationMail.Command(intent.id(), body.email()), RequestOrigin.of(request));
  }
}
