package io.cpdevents.accounts.logins.web;

import io.cpdevents.accounts.logins.LoginQueries;
import io.cpdevents.accounts.logins.LoginQueries.LoginView;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.WithoutFactor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sessions", description = "Logging in and out, and where one is logged in.")
@RestController
@RequestMapping("/api/v1/logins")
class LoginController {

  private final LoginQueries logins;

  LoginController(LoginQueries logins) {
    this.logins = logins;
  }

  @Operation(summary = "Every attempt to log in as me, newest first")
  @GetMapping
  @AccountEndpoint
  @WithoutFactor
  Page<LoginView> listLogins(Caller caller, PageRequest page) {
    return logins.of(caller.accountId(), page);
  }
}
