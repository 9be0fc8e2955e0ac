package io.cpdevents.notification.accounts;

import io.cpdevents.platform.http.InternalClients;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Asks accounts-service for what mails to old addresses say, by the id of the change. */
@Component
class EmailRevertContents extends OneContent<EmailLinkContent> {

  EmailRevertContents(InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    super(accounts(clients, accountsUrl), EmailLinkContent.class, "/internal/email-reverts");
  }
}
