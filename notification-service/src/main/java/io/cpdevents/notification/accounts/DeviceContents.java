package io.cpdevents.notification.accounts;

import io.cpdevents.platform.http.InternalClients;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Asks accounts-service for the device of a log-in, by the id of the attempt. */
@Component
class DeviceContents extends OneContent<DeviceContent> {

  DeviceContents(InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    super(accounts(clients, accountsUrl), DeviceContent.class, "/internal/log-in-devices");
  }
}
