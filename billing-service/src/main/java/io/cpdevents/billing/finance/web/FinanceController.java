package io.cpdevents.billing.finance.web;

import io.cpdevents.billing.finance.AccountView;
import io.cpdevents.billing.finance.ExportedLine;
import io.cpdevents.billing.finance.FinanceQueries;
import io.cpdevents.billing.finance.JournalExportQueries;
import io.cpdevents.billing.finance.JournalFilter;
import io.cpdevents.billing.finance.JournalView;
import io.cpdevents.billing.finance.TrialBalanceView;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Bounded;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.sql.UsualTime;
import io.cpdevents.platform.text.Csv;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger over HTTP, for platform finance. */
@Tag(name = "Finance", description = "The platform's ledger.")
@RestController
@RequestMapping("/api/v1/finance")
class FinanceController {

  private static final int MAX_BUSINESS_ID_CHARACTERS = 300;
  private static final int MAX_ACCOUNT_CHARACTERS = 60;
  private static final String CSV = "text/csv";
  private static final int MONTH_CHARACTERS = 7;
  private static final String CSV_HEADER =
      "journalId,kind,businessId,recordedAt,paymentId,refundId,account,currency,amountMinor,"
          + "line,occurredAt,counterparts,organizationId,disputeId,payoutId,stripeIds\n";
  private static final int MAX_EXPORTED_DAYS = 366;

  private final FinanceQueries queries;
  private final JournalExportQueries exports;

  FinanceController(FinanceQueries queries, JournalExportQueries exports) {
    this.queries = queries;
    this.exports = exports;
  }

  @Operation(summary = "The accounts of the ledger with their balances, now or as of a time")
  @GetMapping("/accounts")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<AccountView> listLedgerAccounts(
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf) {
    return Page.whole(asOf == null ? queries.accounts() : queries.accountsAsOf(asOf));
  }

  @Operation(summary = "The trial balance of a month")
  @GetMapping("/trial-balances/{month}")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  TrialBalanceView getTrialBalance(
      @PathVariable
          @Parameter(description = "A month (UTC).", example = "2027-03")
          @Pattern(regexp = TrialBalanceView.MONTH)
          @Schema(minLength = MONTH_CHARACTERS, maxLength = MONTH_CHARACTERS)
          String month) {
    return queries.trialBalance(YearMonth.parse(month));
  }

  @Operation(summary = "The journals of the ledger, newest first")
  @GetMapping("/journals")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<JournalView> listJournals(
      @RequestParam(required = false) @Nullable JournalKind kind,
      @RequestParam(required = false) @OneLine(max = MAX_BUSINESS_ID_CHARACTERS)
          @Nullable String businessId,
      @RequestParam(required = false) @OneLine(max = MAX_ACCOUNT_CHARACTERS)
          @Nullable String account,
      @RequestParam(required = false) @Nullable UUID organizationId,
      Period period,
      PageRequest page) {
    return queries.journals(
        new JournalFilter(kind, businessId, account, organizationId, period), page);
  }

  /**
   * The lines of all journals that were recorded from one time until before another, as CSV. What
   * was read before is the same when it is read again: who reads on takes an overlap of an hour,
   * since a journal is seen a moment after the time that it bears, and drops the lines whose
   * journalId and line it has.
   */
  @Operation(summary = "The lines of all journals of a time, as CSV")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  @GetMapping(path = "/export", produces = CSV)
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  void exportJournals(
      @Bounded(maxDays = MAX_EXPORTED_DAYS) Period period, HttpServletResponse response)
      throws IOException {
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    PrintWriter writer = response.getWriter();
    writer.print(CSV_HEADER);
    exports.read(period, line -> writer.print(csv(line)));
  }

  /** The names of accounts, kinds and ids of ours need no quotes; ids of Stripe may be anything. */
  private static String csv(ExportedLine line) {
    return Csv.row(
        Stream.of(
            line.journalId().toString(),
            line.kind(),
            Csv.cell(line.businessId()),
            line.recordedAt().toString(),
            orNothing(line.paymentId()),
            orNothing(line.refundId()),
            line.account(),
            line.currency(),
            Long.toString(line.amountMinor()),
            Integer.toString(line.line()),
            line.occurredAt().toString(),
            line.counterparts(),
            line.organizationId(),
            orNothing(line.disputeId()),
            orNothing(line.payoutId()),
            Csv.cell(line.stripeIds())));
  }

  private static String orNothing(@Nullable UUID id) {
    return id == null ? "" : id.toString();
  }
}
