package io.cpdevents.billing.reconciliation.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.reconciliation.DayFileQueries;
import io.cpdevents.billing.reconciliation.ReconcileDay;
import io.cpdevents.billing.reconciliation.ReconciliationQueries;
import io.cpdevents.billing.reconciliation.ReconciliationStatus;
import io.cpdevents.billing.reconciliation.ReconciliationView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Days over HTTP, for platform finance. */
@Tag(name = "Finance", description = "The platform's ledger.")
@RestController
@RequestMapping("/api/v1/finance/reconciliations")
class ReconciliationController {

  private static final String CSV = "text/csv";

  /** Which day (UTC) is to be reconciled now. */
  @Schema(name = "NewReconciliation")
  record ReconciliationRequest(@NotNull @Schema(example = "2026-01-31") LocalDate date) {}

  private final ReconcileDay reconcileDay;
  private final ReconciliationQueries queries;
  private final DayFileQueries files;

  ReconciliationController(
      ReconcileDay reconcileDay, ReconciliationQueries queries, DayFileQueries files) {
    this.reconcileDay = reconcileDay;
    this.queries = queries;
    this.files = files;
  }

  @Operation(summary = "Reconcile a day now, and close it if it can be closed")
  @Refuses(BillingProblem.RECONCILIATION_NOT_FOUND)
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @PostMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  ReconciliationView reconcileDay(@RequestBody @Valid ReconciliationRequest request) {
    return reconcileDay.handle(request.date());
  }

  @Operation(summary = "The days of Stripe's balance against the ledger, the latest first")
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<ReconciliationView> listReconciliations(PageRequest page) {
    return queries.list(page);
  }

  @Operation(summary = "A day of Stripe's balance against the ledger")
  @Refuses(BillingProblem.RECONCILIATION_NOT_FOUND)
  @GetMapping("/{date}")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  ReconciliationView getReconciliation(
      @PathVariable
          @Parameter(description = "The day (UTC).")
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate date) {
    return queries.day(date);
  }

  /** The file whose SHA-256 is the hash of the day. */
  @Operation(summary = "The balance transactions of a closed day, as CSV")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  @Refuses({BillingProblem.RECONCILIATION_NOT_FOUND, BillingProblem.DAY_OPEN})
  @GetMapping(path = "/{date}/lines", produces = CSV)
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  void downloadReconciliation(
      @PathVariable
          @Parameter(description = "The day (UTC).")
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate date,
      HttpServletResponse response)
      throws IOException {
    if (queries.day(date).status() != ReconciliationStatus.CLOSED) {
      throw BillingProblem.DAY_OPEN.violation();
    }
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    PrintWriter writer = response.getWriter();
    files.read(date, writer::print);
  }
}
