package io.cpdevents.accounts.erasure.web;

import io.cpdevents.accounts.erasure.ErasureQueries;
import io.cpdevents.accounts.erasure.ErasureQueries.ReceiptKeys;
import io.cpdevents.platform.security.PublicEndpoint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Accounts", description = "Signing up and proving one's e-mail address.")
@RestController
@RequestMapping("/api/v1/accounts/erasure-receipt-keys")
class ErasureKeysController {

  private final ErasureQueries erasures;

  ErasureKeysController(ErasureQueries erasures) {
    this.erasures = erasures;
  }

  @Operation(summary = "The keys by which anybody can verify the receipt of an erasure")
  @GetMapping
  @PublicEndpoint
  ReceiptKeys listErasureReceiptKeys() {
    return erasures.receiptKeys();
  }
}
