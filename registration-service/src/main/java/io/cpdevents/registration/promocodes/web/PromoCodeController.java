package io.cpdevents.registration.promocodes.web;

import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.promocodes.ChangePromoCode;
import io.cpdevents.registration.promocodes.CreatePromoCode;
import io.cpdevents.registration.promocodes.PromoCodeQueries;
import io.cpdevents.registration.promocodes.PromoCodeTerms;
import io.cpdevents.registration.promocodes.PromoCodeView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Promo codes over HTTP. */
@Tag(name = "Promo codes", description = "What organizations give off, and to whom.")
@RestController
@RequestMapping("/api/v1")
class PromoCodeController {

  private final CreatePromoCode createPromoCode;
  private final ChangePromoCode changePromoCode;
  private final PromoCodeQueries queries;
  private final MergePatch mergePatch;

  PromoCodeController(
      CreatePromoCode createPromoCode,
      ChangePromoCode changePromoCode,
      PromoCodeQueries queries,
      MergePatch mergePatch) {
    this.createPromoCode = createPromoCode;
    this.changePromoCode = changePromoCode;
    this.queries = queries;
    this.mergePatch = mergePatch;
  }

  @Operation(summary = "Make a promo code")
  @Refuses({RegistrationProblem.PROMO_CODE_TAKEN})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/organizations/{organizationId}/promo-codes")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<PromoCodeView> createPromoCode(
      @PathVariable UUID organizationId,
      @Valid @RequestBody PromoCodeTerms terms,
      Caller caller,
      Intent intent) {
    PromoCodeView made =
        createPromoCode.handle(
            new CreatePromoCode.Command(intent.id(), organizationId, terms), caller);
    return ResponseEntity.created(URI.create("/api/v1/promo-codes/" + made.id())).body(made);
  }

  @Operation(summary = "The promo codes of an organization, newest first")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/organizations/{organizationId}/promo-codes")
  Page<PromoCodeView> listPromoCodes(
      @PathVariable UUID organizationId, Caller caller, PageRequest page) {
    return queries.ofOrganization(organizationId, caller, page);
  }

  @Operation(summary = "A promo code")
  @Refuses({RegistrationProblem.PROMO_CODE_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/promo-codes/{promoCodeId}")
  PromoCodeView getPromoCode(@PathVariable UUID promoCodeId, Caller caller) {
    return queries.get(promoCodeId, caller);
  }

  @Operation(summary = "Change a promo code, or end it; the code itself stays")
  @Refuses({RegistrationProblem.PROMO_CODE_NOT_FOUND})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = PromoCodeTerms.class)))
  @PatchMapping("/promo-codes/{promoCodeId}")
  PromoCodeView changePromoCode(
      @PathVariable UUID promoCodeId, @RequestBody ObjectNode patch, IfMatch seen, Caller caller) {
    return changePromoCode.handle(
        new ChangePromoCode.Command(
            promoCodeId, seen, terms -> mergePatch.apply(patch, terms, PromoCodeTerms.class)),
        caller);
  }
}
