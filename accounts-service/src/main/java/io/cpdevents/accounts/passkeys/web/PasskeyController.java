package io.cpdevents.accounts.passkeys.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passkeys.AddPasskey;
import io.cpdevents.accounts.passkeys.AskForNewPasskey;
import io.cpdevents.accounts.passkeys.AskForNewPasskey.CreationOptions;
import io.cpdevents.accounts.passkeys.AskForPasskey;
import io.cpdevents.accounts.passkeys.AskForPasskey.RequestOptions;
import io.cpdevents.accounts.passkeys.PasskeyQueries;
import io.cpdevents.accounts.passkeys.PasskeyQueries.PasskeyView;
import io.cpdevents.accounts.passkeys.RemovePasskey;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.ChangesNothing;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.security.WithoutFactor;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Passkeys", description = "Logging in with what a device signs.")
@RestController
@RequestMapping("/api/v1")
class PasskeyController {

  private static final int MAX_NAME_CHARACTERS = 100;
  private static final int MAX_ATTESTATION_CHARACTERS = 20_000;

  /**
   * What the browser's {@code navigator.credentials.create} answers, as base64url.
   *
   * @param name what its owner calls it
   * @param clientDataJson {@code response.clientDataJSON}
   * @param attestationObject {@code response.attestationObject}
   */
  @Schema(name = "NewPasskey")
  record PasskeyRequest(
      @NotBlank @OneLine(max = MAX_NAME_CHARACTERS) @Schema(example = "My phone") String name,
      @NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText clientDataJson,
      @NotNull @Schema(maxLength = MAX_ATTESTATION_CHARACTERS) SecretText attestationObject)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return Stream.of(
              SecretText.faultsOf("clientDataJson", clientDataJson),
              attestationObject == null
                      || attestationObject.value().length() <= MAX_ATTESTATION_CHARACTERS
                  ? List.<FieldError>of()
                  : List.of(FieldProblem.WRONG_LENGTH.at("attestationObject")))
          .flatMap(List::stream)
          .toList();
    }
  }

  /**
   * A passkey that was added.
   *
   * @param recoveryCodes where it is the first second factor; they are shown this once
   */
  @Schema(name = "AddedPasskey")
  record AddedPasskeyView(UUID id, String name, List<String> recoveryCodes) {

    AddedPasskeyView {
      recoveryCodes = List.copyOf(recoveryCodes);
    }

    @Override
    public String toString() {
      return "AddedPasskeyView[" + id + "]";
    }
  }

  private final AddPasskey addPasskey;
  private final RemovePasskey removePasskey;
  private final AskForNewPasskey askForNewPasskey;
  private final AskForPasskey askForPasskey;
  private final PasskeyQueries passkeys;

  PasskeyController(
      AddPasskey addPasskey,
      RemovePasskey removePasskey,
      AskForNewPasskey askForNewPasskey,
      AskForPasskey askForPasskey,
      PasskeyQueries passkeys) {
    this.addPasskey = addPasskey;
    this.removePasskey = removePasskey;
    this.askForNewPasskey = askForNewPasskey;
    this.askForPasskey = askForPasskey;
    this.passkeys = passkeys;
  }

  @Refuses({AccountsProblem.ACCOUNT_NOT_FOUND})
  @Operation(
      summary = "What the browser is asked for to make a passkey: parseCreationOptionsFromJSON")
  @PostMapping("/me/passkeys/options")
  @AccountEndpoint
  @StepUp
  @WithoutFactor
  @NeverStored
  CreationOptions askForNewPasskey(Caller caller) {
    return askForNewPasskey.handle(caller.accountId(), caller.sessionId());
  }

  @Refuses({AccountsProblem.PASSKEY_REFUSED, AccountsProblem.PASSKEY_LIMIT_REACHED})
  @Operation(
      summary =
          "Add a passkey; the first second factor brings recovery codes, which are shown this once")
  @PostMapping("/me/passkeys")
  @ResponseStatus(HttpStatus.CREATED)
  @AccountEndpoint
  @StepUp
  @WithoutFactor
  @NeverStored
  ResponseEntity<AddedPasskeyView> addPasskey(
      @Valid @RequestBody PasskeyRequest body,
      Caller caller,
      Intent intent,
      HttpServletRequest request) {
    List<String> recoveryCodes =
        addPasskey.handle(
            new AddPasskey.Command(
                intent.id(),
                caller.accountId(),
                caller.sessionId(),
                body.name(),
                body.clientDataJson().value(),
                body.attestationObject().value(),
                RequestOrigin.of(request)));
    return ResponseEntity.created(URI.create("/api/v1/me/passkeys"))
        .body(new AddedPasskeyView(intent.id(), body.name(), recoveryCodes));
  }

  @Operation(summary = "My passkeys")
  @GetMapping("/me/passkeys")
  @AccountEndpoint
  @WithoutFactor
  Page<PasskeyView> listPasskeys(Caller caller, PageRequest page) {
    return passkeys.of(caller.accountId(), page);
  }

  @Refuses({AccountsProblem.PASSKEY_NOT_FOUND})
  @Operation(summary = "Remove a passkey; the proof has to be by a second factor")
  @DeleteMapping("/me/passkeys/{passkeyId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @AccountEndpoint
  @StepUp
  void removePasskey(@PathVariable UUID passkeyId, Caller caller) {
    removePasskey.handle(
        new RemovePasskey.Command(caller.accountId(), caller.sessionId(), passkeyId));
  }

  @Operation(summary = "What the browser is asked for to log in: parseRequestOptionsFromJSON")
  @PostMapping("/sessions/passkey/options")
  @PublicEndpoint
  @ChangesNothing
  @NeverStored
  RequestOptions askForPasskey() {
    return askForPasskey.handle();
  }
}
