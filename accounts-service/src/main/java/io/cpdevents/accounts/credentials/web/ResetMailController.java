package io.cpdevents.accounts.credentials.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.credentials.PasswordResetQueries;
import io.cpdevents.accounts.credentials.PasswordResetQueries.ResetMailContent;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service, and nobody else, the content of a mail about a password. */
@RestController
@RequestMapping("/internal/password-resets")
class ResetMailController {

  private final PasswordResetQueries resets;

  ResetMailController(PasswordResetQueries resets) {
    this.resets = resets;
  }

  @GetMapping("/{requestId}")
  @InternalEndpoint
  ResetMailContent read(@PathVariable UUID requestId) {
    return resets.find(requestId).orElseThrow(() -> AccountsProblem.MAIL_NOT_FOUND.violation());
  }
}
