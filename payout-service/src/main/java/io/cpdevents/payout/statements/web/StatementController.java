package io.cpdevents.payout.statements.web;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.Refuses;
import io.cpdevents.payout.statements.StatementQueries;
import io.cpdevents.payout.statements.StatementView;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Statements over HTTP, as JSON here and in other {@link StatementForms}. */
@Tag(name = "Payouts")
@RestController
class StatementController {

  static final String CSV = "text/csv";

  private final StatementQueries queries;

  StatementController(StatementQueries queries) {
    this.queries = queries;
  }

  @Operation(
      summary = "What exactly a payout pays",
      description =
          "As JSON, CSV or PDF, by `Accept`. CSV and PDF are in English or French, by"
              + " `Accept-Language`.")
  @ApiResponse(
      responseCode = "200",
      headers =
          @Header(
              name = HttpHeaders.CONTENT_DISPOSITION,
              description = "A name for the file, with CSV and PDF.",
              schema = @Schema(type = "string")),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = StatementView.class)),
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(
            mediaType = MediaType.APPLICATION_PDF_VALUE,
            schema = @Schema(type = "string", format = "binary"))
      })
  @Refuses(PayoutProblem.PAYOUT_NOT_FOUND)
  @GetMapping(
      path = "/api/v1/payouts/{payoutId}/statement",
      produces = {MediaType.APPLICATION_JSON_VALUE, CSV, MediaType.APPLICATION_PDF_VALUE})
  @OrganizationEndpoint(value = OrganizationRole.FINANCE, platform = PlatformRole.PLATFORM_FINANCE)
  ResponseEntity<StatementView> getPayoutStatement(Caller caller, @PathVariable UUID payoutId) {
    return ResponseEntity.ok()
        .varyBy(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE)
        .body(queries.statement(payoutId, caller));
  }
}
