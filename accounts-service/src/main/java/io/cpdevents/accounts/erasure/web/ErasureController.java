package io.cpdevents.accounts.erasure.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.erasure.CallOffErasure;
import io.cpdevents.accounts.erasure.ErasureQueries;
import io.cpdevents.accounts.erasure.ErasureView;
import io.cpdevents.accounts.erasure.RequestErasure;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.security.WithoutFactor;
import io.cpdevents.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Me", description = "The person who is logged in.")
@RestController
@RequestMapping("/api/v1/me")
class ErasureController {

  private final RequestErasure requestErasure;
  private final CallOffErasure callOffErasure;
  private final ErasureQueries erasures;

  ErasureController(
      RequestErasure requestErasure, CallOffErasure callOffErasure, ErasureQueries erasures) {
    this.requestErasure = requestErasure;
    this.callOffErasure = callOffErasure;
    this.erasures = erasures;
  }

  @Refuses({
    AccountsProblem.LAST_OWNER,
    AccountsProblem.LAST_PLATFORM_ADMIN,
    AccountsProblem.ACCOUNT_NOT_FOUND
  })
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary =
          "Have me erased in two weeks; all my sessions end now, and logging in again lets me call"
              + " it off and nothing else")
  @DeleteMapping
  @StepUp
  @AccountEndpoint
  ResponseEntity<ErasureView> eraseMe(IfMatch seen, Caller caller) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/me/erasure"))
        .body(requestErasure.handle(caller.accountId(), seen));
  }

  @Refuses({AccountsProblem.ERASURE_NOT_FOUND})
  @Operation(summary = "How my erasure stands")
  @GetMapping("/erasure")
  @AccountEndpoint(whileClosing = true)
  ErasureView getErasure(Caller caller) {
    return erasures
        .latestOf(caller.accountId())
        .orElseThrow(() -> AccountsProblem.ERASURE_NOT_FOUND.violation());
  }

  @Refuses({
    AccountsProblem.ERASURE_NOT_WAITING,
    AccountsProblem.ERASURE_UNDER_WAY,
    AccountsProblem.ACCOUNT_NOT_FOUND
  })
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Call my erasure off")
  @PostMapping("/erasure/cancel")
  @AccountEndpoint(whileClosing = true)
  @WithoutFactor
  void callErasureOff(Caller caller) {
    callOffErasure.handle(caller.accountId());
  }
}
