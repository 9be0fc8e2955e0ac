package io.cpdevents.notification.accounts;

import io.cpdevents.platform.http.InternalClients;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Asks accounts-service for what mails about forgotten passwords say, by the id of the request. */
@Component
class PasswordResetContents extends OneContent<PasswordResetContent> {

  PasswordResetContents(InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    super(accounts(clients, accountsUrl), PasswordResetContent.class, "/internal/password-resets");
  }
}
