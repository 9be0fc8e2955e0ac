package io.cpdevents.accounts.factors.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.factors.ConfirmTotp;
import io.cpdevents.accounts.factors.EnrolTotp;
import io.cpdevents.accounts.factors.EnrolTotp.Enrolment;
import io.cpdevents.accounts.factors.RemoveTotp;
import io.cpdevents.accounts.logins.CodeField;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.security.WithoutFactor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Me", description = "The person who is logged in.")
@RestController
@RequestMapping("/api/v1/me/totp")
class TotpController {

  /**
   * A code of the app that is being set up.
   *
   * @param totpCode what the authenticator app shows
   */
  @Schema(name = "TotpConfirmation")
  record ConfirmationRequest(
      @NotNull @Schema(minLength = CodeField.MIN_CHARACTERS, maxLength = CodeField.MAX_CHARACTERS)
          SecretText totpCode)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return CodeField.faultsOf(CodeField.TOTP, totpCode);
    }
  }

  /**
   * What the authenticator app has to know; it is shown this once.
   *
   * @param secret as people type it (base32)
   * @param otpauthUri as apps read it from a square code
   */
  @Schema(name = "TotpEnrolment")
  record EnrolmentView(String secret, String otpauthUri) {

    static EnrolmentView of(Enrolment enrolment) {
      return new EnrolmentView(enrolment.secret(), enrolment.otpauthUri());
    }

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final EnrolTotp enrolTotp;
  private final ConfirmTotp confirmTotp;
  private final RemoveTotp removeTotp;

  TotpController(EnrolTotp enrolTotp, ConfirmTotp confirmTotp, RemoveTotp removeTotp) {
    this.enrolTotp = enrolTotp;
    this.confirmTotp = confirmTotp;
    this.removeTotp = removeTotp;
  }

  @Refuses({AccountsProblem.TOTP_ALREADY_SET_UP})
  @Operation(summary = "Begin to set up an authenticator app; it counts once it is confirmed")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @AccountEndpoint
  @StepUp
  @WithoutFactor
  @NeverStored
  ResponseEntity<EnrolmentView> enrolTotp(Caller caller) {
    Enrolment enrolment = enrolTotp.handle(caller.accountId(), caller.sessionId());
    return ResponseEntity.created(URI.create("/api/v1/me/factors"))
        .body(EnrolmentView.of(enrolment));
  }

  @Refuses({AccountsProblem.TOTP_NOT_FOUND, AccountsProblem.INVALID_CREDENTIALS})
  @Operation(
      summary =
          "Confirm an authenticator app by a code, within 15 minutes; recovery codes are answered"
              + " this once")
  @PostMapping("/confirmation")
  @StepUp(byUseCase = true)
  @AccountEndpoint
  @WithoutFactor
  @NeverStored
  RecoveryCodesView confirmTotp(
      @Valid @RequestBody ConfirmationRequest body, Caller caller, HttpServletRequest request) {
    return new RecoveryCodesView(
        confirmTotp.handle(
            new ConfirmTotp.Command(
                caller.accountId(),
                caller.sessionId(),
                body.totpCode(),
                RequestOrigin.of(request))));
  }

  @Refuses({AccountsProblem.TOTP_NOT_FOUND})
  @Operation(summary = "Remove the authenticator app; the proof has to be by a second factor")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @AccountEndpoint
  @StepUp
  void removeTotp(Caller caller) {
    removeTotp.handle(caller.accountId(), caller.sessionId());
  }
}
