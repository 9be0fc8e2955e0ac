package io.cpdevents.billing.invoices.web;

import io.cpdevents.billing.invoices.InvoiceQueries;
import io.cpdevents.billing.invoices.InvoiceView;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Invoices over HTTP. */
@Tag(name = "Plans", description = "What organizations pay, and what they may do for that.")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/invoices")
class InvoiceController {

  private final InvoiceQueries queries;

  InvoiceController(InvoiceQueries queries) {
    this.queries = queries;
  }

  @Operation(summary = "The invoices of an organization's plan, newest first")
  @GetMapping
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  Page<InvoiceView> listInvoices(
      Caller caller, @PathVariable UUID organizationId, PageRequest page) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    return queries.ofOrganization(organizationId, page);
  }
}
