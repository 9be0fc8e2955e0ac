package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.sessions.EndAllSessions;
import io.cpdevents.accounts.sessions.SessionQueries;
import io.cpdevents.accounts.sessions.SessionView;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sessions", description = "Logging in and out, and where one is logged in.")
@RestController
@RequestMapping("/api/v1/accounts/{accountId}/sessions")
class AccountSessionController {

  private final SessionQueries sessions;
  private final EndAllSessions endAllSessions;

  AccountSessionController(SessionQueries sessions, EndAllSessions endAllSessions) {
    this.sessions = sessions;
    this.endAllSessions = endAllSessions;
  }

  @Operation(summary = "Where a person is logged in, for the platform")
  @Refuses({AccountsProblem.ACCOUNT_NOT_FOUND})
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  Page<SessionView> listSessionsOfAccount(
      @PathVariable UUID accountId, Caller caller, PageRequest page) {
    sessions.requireAccount(accountId);
    return sessions.live(accountId, caller.sessionId(), page);
  }

  @Operation(summary = "Log a person out everywhere, for the platform")
  @Refuses({AccountsProblem.ACCOUNT_NOT_FOUND})
  @DeleteMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void endSessionsOfAccount(@PathVariable UUID accountId) {
    sessions.requireAccount(accountId);
    endAllSessions.handle(accountId);
  }
}
