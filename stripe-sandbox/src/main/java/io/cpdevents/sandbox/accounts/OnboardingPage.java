package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.accounts.CompleteOnboarding.Details;
import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.pages.HtmlPage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The hosted onboarding of connected accounts: a plain form, for people and browser tests. */
@RestController
@RequestMapping(OnboardingPage.PATH)
class OnboardingPage {
  static final String PATH = "/connect/onboarding/{id}";

  private static final Set<String> BUSINESS_TYPES = Set.of("company", "individual", "non_profit");

  private final Accounts accounts;
  private final AccountLinks accountLinks;
  private final CompleteOnboarding completeOnboarding;
  private final ApiTransaction transaction;

  OnboardingPage(
      Accounts accounts,
      AccountLinks accountLinks,
      CompleteOnboarding completeOnboarding,
      ApiTransaction transaction) {
    this.accounts = accounts;
    this.accountLinks = accountLinks;
    this.completeOnboarding = completeOnboarding;
    this.transaction = transaction;
  }

  /** Follows an account link. One that has expired or was used leads to its refresh URL. */
  @GetMapping("/{linkId}")
  ResponseEntity<String> follow(@PathVariable String id, @PathVariable String linkId) {
    StripeObject link = accountLinks.find(id, linkId).orElse(null);
    if (link == null || accounts.findConnected(id).isEmpty()) {
      return noSuchPage();
    }
    Optional<String> form = transaction.run(() -> accountLinks.use(linkId));
    return form.map(secret -> redirect(path(id, linkId, secret)))
        .orElseGet(() -> redirect(link.requiredText("refresh_url")));
  }

  private static String path(String id, String linkId, String form) {
    return PATH.replace("{id}", id) + "/" + linkId + "/" + form;
  }

  @GetMapping("/{linkId}/{form}")
  ResponseEntity<String> show(
      @PathVariable String id, @PathVariable String linkId, @PathVariable String form) {
    return show(id, linkId, form, HttpStatus.OK, null);
  }

  private ResponseEntity<String> show(
      String id, String linkId, String form, HttpStatus status, @Nullable String error) {
    StripeObject link = findForm(id, linkId, form);
    StripeObject account = accounts.findConnected(id).orElse(null);
    if (link == null || account == null) {
      return noSuchPage();
    }
    if (OnboardingHtml.due(account).isEmpty()) {
      return redirect(link.requiredText("return_url"));
    }
    return page(status, OnboardingHtml.form(account, path(id, linkId, form), error));
  }

  private @Nullable StripeObject findForm(String id, String linkId, String form) {
    return accountLinks
        .find(id, linkId)
        .filter(link -> AccountLinks.hasForm(link, form))
        .orElse(null);
  }

  /** Takes the form. Who saves it for later returns without having entered anything. */
  @PostMapping(path = "/{linkId}/{form}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<String> submit(
      @PathVariable String id,
      @PathVariable String linkId,
      @PathVariable String form,
      @RequestParam Map<String, String> entered) {
    StripeObject link = findForm(id, linkId, form);
    if (link == null) {
      return noSuchPage();
    }
    if (!"later".equals(entered.get("outcome"))) {
      try {
        transaction.run(() -> complete(id, entered));
      } catch (StripeRefusal refusal) {
        return show(id, linkId, form, HttpStatus.BAD_REQUEST, refusal.getMessage());
      }
    }
    return redirect(link.requiredText("return_url"));
  }

  private StripeObject complete(String id, Map<String, String> entered) {
    StripeObject account = accounts.lockOrNotFound(id);
    List<String> due = OnboardingHtml.due(account);
    if (due.contains("tos_acceptance.date") && !entered.containsKey("terms")) {
      throw StripeRefusal.invalid(null, "terms", "You must agree to the terms.");
    }
    String type = entered.get("business_type");
    if (type != null && !BUSINESS_TYPES.contains(type)) {
      throw StripeRefusal.invalid(null, "business_type", "Choose one of the types of business.");
    }
    boolean needsBank = due.contains(AccountStatus.EXTERNAL_ACCOUNT);
    completeOnboarding.handle(
        account,
        new Details(
            type,
            entered.get("business_name"),
            needsBank ? entered.getOrDefault("account_number", "") : null,
            entered.get("routing_number")),
        false);
    return account;
  }

  private static ResponseEntity<String> noSuchPage() {
    return page(HttpStatus.NOT_FOUND, HtmlPage.heading("There is no such onboarding page."));
  }

  private static ResponseEntity<String> page(HttpStatus status, String content) {
    return HtmlPage.of(status, "Get paid - Stripe sandbox", content);
  }

  private static ResponseEntity<String> redirect(String url) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(url)).build();
  }
}
