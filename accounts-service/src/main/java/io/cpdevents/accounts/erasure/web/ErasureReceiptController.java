package io.cpdevents.accounts.erasure.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.erasure.ErasureQueries;
import io.cpdevents.accounts.erasure.ErasureQueries.ErasedPerson;
import io.cpdevents.accounts.erasure.ErasureQueries.MailedReceipt;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the other services whom they have to forget, and what the last mail says. */
@RestController
@RequestMapping("/internal")
class ErasureReceiptController {

  private final ErasureQueries erasures;

  ErasureReceiptController(ErasureQueries erasures) {
    this.erasures = erasures;
  }

  @GetMapping("/erasures/{erasureId}")
  @InternalEndpoint
  ErasedPerson readErasedPerson(@PathVariable UUID erasureId) {
    return erasures
        .personOf(erasureId)
        .orElseThrow(() -> AccountsProblem.ERASURE_NOT_FOUND.violation());
  }

  @GetMapping("/erasure-receipts/{erasureId}")
  @InternalEndpoint
  MailedReceipt readErasureReceipt(@PathVariable UUID erasureId) {
    return erasures
        .receiptOf(erasureId)
        .orElseThrow(() -> AccountsProblem.ERASURE_NOT_FOUND.violation());
  }
}
