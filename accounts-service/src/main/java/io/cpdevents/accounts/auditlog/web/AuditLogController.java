package io.cpdevents.accounts.auditlog.web;

import io.cpdevents.accounts.auditlog.AuditLogQueries;
import io.cpdevents.accounts.auditlog.AuditLogQueries.AuditEntryView;
import io.cpdevents.accounts.auditlog.CheckedEnd;
import io.cpdevents.accounts.auditlog.VerifyAuditLog;
import io.cpdevents.accounts.auditlog.VerifyAuditLog.Verification;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Audit log", description = "Who did what, in a chain that shows tampering.")
@RestController
@RequestMapping("/api/v1")
class AuditLogController {

  private static final int MIN_AFTER_CHARACTERS = 66;

  private final AuditLogQueries auditLog;
  private final VerifyAuditLog verifyAuditLog;
  private final Memberships memberships;

  AuditLogController(
      AuditLogQueries auditLog, VerifyAuditLog verifyAuditLog, Memberships memberships) {
    this.auditLog = auditLog;
    this.verifyAuditLog = verifyAuditLog;
    this.memberships = memberships;
  }

  @Operation(summary = "Who did what on the whole platform, latest first (platform-admin)")
  @GetMapping("/audit-log")
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  Page<AuditEntryView> listAuditLog(PageRequest page) {
    return auditLog.all(page);
  }

  @Operation(
      summary = "Check the chain, up to 20,000 entries at a time (platform-admin)",
      description =
          "A log that is longer is checked by asking again with `after`, the `next` of the answer before, until `next` is null.")
  @GetMapping("/audit-log/verification")
  @PlatformEndpoint(PlatformRole.PLATFORM_ADMIN)
  Verification verifyAuditLog(
      @RequestParam(required = false)
          @Parameter(description = "The `next` of the answer before; left out: from the beginning.")
          @Pattern(regexp = CheckedEnd.FORM)
          @Schema(minLength = MIN_AFTER_CHARACTERS, maxLength = CheckedEnd.MAX_CHARACTERS)
          @Nullable String after) {
    return verifyAuditLog.handle(after == null ? CheckedEnd.NOTHING : CheckedEnd.parse(after));
  }

  @Operation(summary = "Who did what in an organization, latest first (owner, admin)")
  @GetMapping("/organizations/{organizationId}/audit-log")
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  Page<AuditEntryView> listOrganizationAuditLog(
      @PathVariable UUID organizationId, Caller caller, PageRequest page) {
    memberships.requireRole(caller.accountId(), organizationId, OrganizationRole.ADMIN);
    return auditLog.of(organizationId, page);
  }
}
