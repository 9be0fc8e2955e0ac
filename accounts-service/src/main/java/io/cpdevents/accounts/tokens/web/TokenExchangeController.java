package io.cpdevents.accounts.tokens.web;

import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.tokens.AccessToken;
import io.cpdevents.accounts.tokens.ExchangeToken;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.InternalEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives the gateway an access token for a session's token. */
@RestController
@RequestMapping("/internal/token-exchanges")
class TokenExchangeController {

  record ExchangeRequest(@NotNull SecretText token) {}

  private final ExchangeToken exchangeToken;

  TokenExchangeController(ExchangeToken exchangeToken) {
    this.exchangeToken = exchangeToken;
  }

  @PostMapping
  @InternalEndpoint
  @NeverStored
  AccessToken exchange(@Valid @RequestBody ExchangeRequest body, HttpServletRequest request) {
    return exchangeToken.handle(OpaqueToken.from(body.token()), RequestOrigin.of(request));
  }
}
