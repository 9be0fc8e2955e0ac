package io.cpdevents.accounts.accounts.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.accounts.VerificationMailQueries;
import io.cpdevents.accounts.secrets.LinkMail;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service, and nobody else, the content of a verification mail. */
@RestController
@RequestMapping("/internal/verification-mails")
class VerificationMailController {

  private final VerificationMailQueries mails;

  VerificationMailController(VerificationMailQueries mails) {
    this.mails = mails;
  }

  @GetMapping("/{requestId}")
  @InternalEndpoint
  LinkMail read(@PathVariable UUID requestId) {
    return mails
        .find(requestId)
        .orElseThrow(() -> AccountsProblem.VERIFICATION_MAIL_NOT_FOUND.violation());
  }
}
