package io.cpdevents.accounts.factors.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.factors.AnnounceFactorRemoval;
import io.cpdevents.accounts.factors.CallOffFactorRemoval;
import io.cpdevents.accounts.factors.FactorRemovalQueries;
import io.cpdevents.accounts.factors.FactorRemovalView;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.text.Prose;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

@Tag(name = "Lost factors", description = "A way back for who has lost all second factors.")
@RestController
@RequestMapping("/api/v1/accounts/{accountId}/factor-removal")
class FactorRemovalController {

  private static final int MAX_REASON_CHARACTERS = 500;

  /**
   * Why somebody's factors are removed.
   *
   * @param reason how the person has shown who they are
   * @param despiteUse true: somebody else has added them and uses them, so that a use calls nothing
   *     off, and it takes 72 hours; left out: no
   */
  @Schema(name = "NewFactorRemoval")
  record RemovalRequest(
      @NotBlank
          @Prose(max = MAX_REASON_CHARACTERS)
          @Schema(example = "Called back at the organization's number, case 4711.")
          String reason,
      @Nullable Boolean despiteUse) {}

  private final AnnounceFactorRemoval announce;
  private final CallOffFactorRemoval callOff;
  private final FactorRemovalQueries removals;

  FactorRemovalController(
      AnnounceFactorRemoval announce, CallOffFactorRemoval callOff, FactorRemovalQueries removals) {
    this.announce = announce;
    this.callOff = callOff;
    this.removals = removals;
  }

  @Refuses({AccountsProblem.FACTOR_NOT_FOUND})
  @Operation(
      summary =
          "Have all second factors of a person removed in 24 hours; whoever uses one before calls"
              + " it off. The person is told")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  @StepUp
  ResponseEntity<FactorRemovalView> announceFactorRemoval(
      @PathVariable UUID accountId,
      @Valid @RequestBody RemovalRequest body,
      Caller caller,
      Intent intent) {
    return ResponseEntity.created(URI.create("/api/v1/accounts/" + accountId + "/factor-removal"))
        .body(
            announce.handle(
                new AnnounceFactorRemoval.Command(
                    intent.id(),
                    accountId,
                    caller.accountId(),
                    Boolean.TRUE.equals(body.despiteUse()),
                    body.reason())));
  }

  @Refuses({AccountsProblem.FACTOR_REMOVAL_NOT_FOUND})
  @Operation(summary = "How the latest removal of a person's second factors stands")
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  FactorRemovalView getFactorRemoval(@PathVariable UUID accountId) {
    return removals.of(accountId);
  }

  @Refuses({AccountsProblem.FACTOR_REMOVAL_NOT_FOUND})
  @Operation(summary = "Call off the removal of a person's second factors that waits")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  void callFactorRemovalOff(@PathVariable UUID accountId) {
    callOff.handle(accountId);
  }
}
