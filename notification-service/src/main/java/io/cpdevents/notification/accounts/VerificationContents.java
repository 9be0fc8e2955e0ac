package io.cpdevents.notification.accounts;

import io.cpdevents.platform.http.InternalClients;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Asks accounts-service for what verification mails say, by the id of the request. */
@Component
class VerificationContents extends OneContent<VerificationContent> {

  VerificationContents(InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    super(
        accounts(clients, accountsUrl), VerificationContent.class, "/internal/verification-mails");
  }
}
