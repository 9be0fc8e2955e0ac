package io.cpdevents.accounts.invitations.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.invitations.InvitationMailQueries;
import io.cpdevents.accounts.invitations.InvitationMailQueries.MailContent;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service, and nobody else, the content of an invitation. */
@RestController
@RequestMapping("/internal/invitations")
class InvitationMailController {

  private final InvitationMailQueries mails;

  InvitationMailController(InvitationMailQueries mails) {
    this.mails = mails;
  }

  @GetMapping("/{invitationId}")
  @InternalEndpoint
  MailContent read(@PathVariable UUID invitationId) {
    return mails
        .find(invitationId)
        .orElseThrow(() -> AccountsProblem.INVITATION_NOT_FOUND.violation());
  }
}
