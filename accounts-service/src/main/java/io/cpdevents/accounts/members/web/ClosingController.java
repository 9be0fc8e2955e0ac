package io.cpdevents.accounts.members.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.members.CloseOrganization;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The end of organizations over HTTP. */
@Tag(name = "Organizations")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class ClosingController {

  private final CloseOrganization closeOrganization;

  ClosingController(CloseOrganization closeOrganization) {
    this.closeOrganization = closeOrganization;
  }

  @Operation(
      summary = "Close an organization (owner)",
      description =
          "For good: nobody belongs to it any more, its API keys, invitations and its connection"
              + " with Zoom end at once, and its plan with the month that is paid. Refused while a"
              + " published event is not over, or payments, refunds, disputes, payouts, a balance"
              + " or a plan in arrears are open; the detail names what.")
  @Refuses(AccountsProblem.ORGANIZATION_BUSY)
  @DeleteMapping
  @StepUp
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @OrganizationEndpoint(
      value = {},
      apiKeys = false)
  void closeOrganization(@PathVariable UUID organizationId, IfMatch seen, Caller caller) {
    closeOrganization.handle(new CloseOrganization.Command(organizationId, seen), caller);
  }
}
