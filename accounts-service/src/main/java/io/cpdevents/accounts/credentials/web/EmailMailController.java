package io.cpdevents.accounts.credentials.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.credentials.EmailChangeQueries;
import io.cpdevents.accounts.credentials.EmailChangeQueries.EmailMailContent;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service, and nobody else, the content of mails about an e-mail address. */
@RestController
@RequestMapping("/internal")
class EmailMailController {

  private final EmailChangeQueries changes;

  EmailMailController(EmailChangeQueries changes) {
    this.changes = changes;
  }

  @GetMapping("/email-changes/{changeId}")
  @InternalEndpoint
  EmailMailContent change(@PathVariable UUID changeId) {
    return changes.change(changeId).orElseThrow(() -> AccountsProblem.MAIL_NOT_FOUND.violation());
  }

  @GetMapping("/email-reverts/{changeId}")
  @InternalEndpoint
  EmailMailContent revert(@PathVariable UUID changeId) {
    return changes.revert(changeId).orElseThrow(() -> AccountsProblem.MAIL_NOT_FOUND.violation());
  }
}
