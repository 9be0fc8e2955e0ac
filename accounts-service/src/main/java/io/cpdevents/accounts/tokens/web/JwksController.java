package io.cpdevents.accounts.tokens.web;

import io.cpdevents.accounts.tokens.SigningKeys;
import io.cpdevents.platform.security.PublicEndpoint;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys by which services verify access tokens. */
@RestController
@RequestMapping("/internal/jwks")
class JwksController {

  private final SigningKeys keys;

  JwksController(SigningKeys keys) {
    this.keys = keys;
  }

  @GetMapping
  @PublicEndpoint
  Map<String, Object> read() {
    return keys.published().toJSONObject();
  }
}
