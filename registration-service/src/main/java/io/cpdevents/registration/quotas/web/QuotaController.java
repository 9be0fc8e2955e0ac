package io.cpdevents.registration.quotas.web;

import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.cpdevents.platform.web.Page;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.quotas.ChangeQuota;
import io.cpdevents.registration.quotas.CreateQuota;
import io.cpdevents.registration.quotas.QuotaQueries;
import io.cpdevents.registration.quotas.QuotaTerms;
import io.cpdevents.registration.quotas.QuotaView;
import io.cpdevents.registration.quotas.RemoveQuota;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Quotas over HTTP. */
@Tag(name = "Quotas", description = "What several ticket types of an event sell together at most.")
@RestController
@RequestMapping("/api/v1")
class QuotaController {

  private final CreateQuota createQuota;
  private final ChangeQuota changeQuota;
  private final RemoveQuota removeQuota;
  private final QuotaQueries queries;
  private final MergePatch mergePatch;

  QuotaController(
      CreateQuota createQuota,
      ChangeQuota changeQuota,
      RemoveQuota removeQuota,
      QuotaQueries queries,
      MergePatch mergePatch) {
    this.createQuota = createQuota;
    this.changeQuota = changeQuota;
    this.removeQuota = removeQuota;
    this.queries = queries;
    this.mergePatch = mergePatch;
  }

  @Operation(summary = "Limit what several ticket types of an event sell together")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.QUOTA_BELOW_TAKEN,
    RegistrationProblem.TOO_MANY_QUOTAS
  })
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/events/{eventId}/quotas")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<QuotaView> createQuota(
      @PathVariable UUID eventId,
      @Valid @RequestBody QuotaTerms terms,
      Caller caller,
      Intent intent) {
    QuotaView made =
        createQuota.handle(new CreateQuota.Command(intent.id(), eventId, terms), caller);
    return ResponseEntity.created(URI.create("/api/v1/quotas/" + made.id())).body(made);
  }

  @Operation(summary = "The shared quotas of an event")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/events/{eventId}/quotas")
  Page<QuotaView> listQuotas(@PathVariable UUID eventId, Caller caller) {
    return queries.ofEvent(eventId, caller);
  }

  @Operation(summary = "A shared quota")
  @Refuses({RegistrationProblem.QUOTA_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/quotas/{quotaId}")
  QuotaView getQuota(@PathVariable UUID quotaId, Caller caller) {
    return queries.get(quotaId, caller);
  }

  @Operation(summary = "Change a shared quota")
  @Refuses({
    RegistrationProblem.QUOTA_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.QUOTA_BELOW_TAKEN
  })
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = QuotaTerms.class)))
  @PatchMapping("/quotas/{quotaId}")
  QuotaView changeQuota(
      @PathVariable UUID quotaId, @RequestBody ObjectNode patch, IfMatch seen, Caller caller) {
    return changeQuota.handle(
        new ChangeQuota.Command(
            quotaId, seen, terms -> mergePatch.apply(patch, terms, QuotaTerms.class)),
        caller);
  }

  @Operation(summary = "Lift a shared quota")
  @Refuses({RegistrationProblem.QUOTA_NOT_FOUND, RegistrationProblem.EVENT_CANCELLED})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @DeleteMapping("/quotas/{quotaId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteQuota(@PathVariable UUID quotaId, IfMatch seen, Caller caller) {
    removeQuota.handle(new RemoveQuota.Command(quotaId, seen), caller);
  }
}
