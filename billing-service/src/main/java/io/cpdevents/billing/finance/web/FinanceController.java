package io.cpdevents.billing.finance.web;

import io.cpdevents.billing.finance.AccountView;
import io.cpdevents.billing.finance.BreakView;
import io.cpdevents.billing.finance.FinanceQueries;
import io.cpdevents.billing.finance.JournalView;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ledger over HTTP, for platform finance. */
@RestController
@RequestMapping("/api/v1/finance")
class FinanceController {

  private final FinanceQueries queries;

  FinanceController(FinanceQueries queries) {
    this.queries = queries;
  }

  @GetMapping("/accounts")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<AccountView> accounts() {
    return Page.whole(queries.accounts());
  }

  @GetMapping("/journals")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<JournalView> journals(PageRequest page) {
    return queries.journals(page);
  }

  @GetMapping("/breaks")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<BreakView> breaks(PageRequest page) {
    return queries.openBreaks(page);
  }
}
