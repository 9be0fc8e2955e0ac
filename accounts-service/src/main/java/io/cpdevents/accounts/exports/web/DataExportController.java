package io.cpdevents.accounts.exports.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.exports.DataExportQueries;
import io.cpdevents.accounts.exports.DataExportView;
import io.cpdevents.accounts.exports.RequestDataExport;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.StepUp;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Me", description = "The person who is logged in.")
@RestController
@RequestMapping("/api/v1/me/data-exports")
class DataExportController {

  private static final String ZIP = "application/zip";

  private final RequestDataExport requestDataExport;
  private final DataExportQueries exports;

  DataExportController(RequestDataExport requestDataExport, DataExportQueries exports) {
    this.requestDataExport = requestDataExport;
    this.exports = exports;
  }

  @ResponseStatus(HttpStatus.ACCEPTED)
  @Refuses({AccountsProblem.ACCOUNT_NOT_FOUND})
  @Operation(
      summary = "Have all that the platform has about me collected; a mail tells when it is ready")
  @PostMapping
  @StepUp
  @AccountEndpoint(whileClosing = true)
  ResponseEntity<DataExportView> requestDataExport(Caller caller) {
    DataExportView export =
        exports.find(requestDataExport.handle(caller.accountId()), caller.accountId());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/me/data-exports/" + export.id()))
        .body(export);
  }

  @Refuses({AccountsProblem.DATA_EXPORT_NOT_FOUND})
  @Operation(summary = "How an export of mine stands, and where it is")
  @GetMapping("/{dataExportId}")
  @AccountEndpoint(whileClosing = true)
  DataExportView getDataExport(@PathVariable UUID dataExportId, Caller caller) {
    return exports.find(dataExportId, caller.accountId());
  }

  @Refuses({AccountsProblem.DATA_EXPORT_NOT_FOUND})
  @Operation(summary = "An export of mine: a ZIP with a JSON file of each service")
  @ApiResponse(
      responseCode = "200",
      useReturnTypeSchema = true,
      headers =
          @Header(
              name = HttpHeaders.CONTENT_DISPOSITION,
              description = "Under which name it is saved.",
              required = true,
              schema = @Schema(type = "string")))
  @GetMapping(path = "/{dataExportId}/archive", produces = ZIP)
  @AccountEndpoint(whileClosing = true)
  ResponseEntity<byte[]> getDataExportArchive(@PathVariable UUID dataExportId, Caller caller) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, ZIP)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cpd-events-data.zip\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(exports.archive(dataExportId, caller.accountId()));
  }
}
