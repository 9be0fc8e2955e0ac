package io.cpdevents.accounts.factors.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.factors.FactorQueries;
import io.cpdevents.accounts.factors.FactorQueries.FactorsView;
import io.cpdevents.accounts.factors.RenewRecoveryCodes;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.security.WithoutFactor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Me", description = "The person who is logged in.")
@RestController
@RequestMapping("/api/v1/me")
class FactorController {

  private final FactorQueries factors;
  private final RenewRecoveryCodes renewRecoveryCodes;

  FactorController(FactorQueries factors, RenewRecoveryCodes renewRecoveryCodes) {
    this.factors = factors;
    this.renewRecoveryCodes = renewRecoveryCodes;
  }

  @Operation(summary = "Which second factors I have, and whether a role of mine asks for one")
  @GetMapping("/factors")
  @AccountEndpoint
  @WithoutFactor
  FactorsView getFactors(Caller caller) {
    return factors.of(caller.accountId());
  }

  @Refuses({AccountsProblem.FACTOR_NOT_FOUND})
  @Operation(summary = "Get other recovery codes, which are shown this once; mine of before end")
  @PostMapping("/recovery-codes")
  @AccountEndpoint
  @StepUp
  @NeverStored
  RecoveryCodesView renewRecoveryCodes(Caller caller) {
    return new RecoveryCodesView(renewRecoveryCodes.handle(caller.accountId(), caller.sessionId()));
  }
}
