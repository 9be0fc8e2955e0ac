package io.cpdevents.billing.finance.web;

import io.cpdevents.billing.finance.AccountView;
import io.cpdevents.billing.finance.BreakView;
import io.cpdevents.billing.finance.FinanceQueries;
import io.cpdevents.billing.finance.JournalView;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ledger over HTTP, for platform finance. */
@Tag(name = "Finance", description = "The platform's ledger.")
@RestController
@RequestMapping("/api/v1/finance")
class FinanceController {

  private final FinanceQueries queries;

  FinanceController(FinanceQueries queries) {
    this.queries = queries;
  }

  @Operation(summary = "The accounts of the ledger with their balances")
  @GetMapping("/accounts")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<AccountView> listLedgerAccounts() {
    return Page.whole(queries.accounts());
  }

  @Operation(summary = "The journals of the ledger, newest first")
  @GetMapping("/journals")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<JournalView> listJournals(PageRequest page) {
    return queries.journals(page);
  }

  @Operation(summary = "What does not match and waits for a person")
  @GetMapping("/breaks")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<BreakView> listBreaks(PageRequest page) {
    return queries.openBreaks(page);
  }
}
