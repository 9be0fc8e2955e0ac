package io.cpdevents.accounts.logins.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.logins.LoginQueries;
import io.cpdevents.accounts.logins.LoginQueries.DeviceMailContent;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service, and nobody else, the content of a mail about a new device. */
@RestController
@RequestMapping("/internal/log-in-devices")
class DeviceMailController {

  private final LoginQueries logins;

  DeviceMailController(LoginQueries logins) {
    this.logins = logins;
  }

  @GetMapping("/{loginId}")
  @InternalEndpoint
  DeviceMailContent read(@PathVariable UUID loginId) {
    return logins.deviceOf(loginId).orElseThrow(() -> AccountsProblem.MAIL_NOT_FOUND.violation());
  }
}
