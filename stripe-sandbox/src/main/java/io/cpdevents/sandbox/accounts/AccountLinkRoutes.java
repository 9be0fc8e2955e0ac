package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/account_links} and {@code /v1/accounts/{id}/login_links}. */
@Component
class AccountLinkRoutes implements StripeRoutes {
  private final Accounts accounts;
  private final AccountLinks accountLinks;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  AccountLinkRoutes(
      Accounts accounts, AccountLinks accountLinks, SandboxClock clock, SandboxSettings settings) {
    this.accounts = accounts;
    this.accountLinks = accountLinks;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post("/v1/account_links", this::createAccountLink),
        StripeRoute.post("/v1/accounts/{id}/login_links", this::createLoginLink));
  }

  private ObjectNode createAccountLink(StripeRequest request) {
    request.requirePlatform();
    Params params = request.params();
    String accountId = params.requiredText("account");
    params.requiredText("type");
    String type = params.oneOf("type", "account_onboarding", "account_update");
    String refreshUrl = url(params, "refresh_url");
    String returnUrl = url(params, "return_url");
    readCollection(params);
    params.refuseOthers();
    StripeObject account = accounts.find(request, accountId);
    if ("account_update".equals(type) && !Controllers.collectsRequirements(account)) {
      throw StripeRefusal.wrongState(
          null,
          "type",
          "You cannot create account_update links for accounts whose requirements Stripe collects.");
    }
    StripeObject link = accountLinks.create(account, refreshUrl, returnUrl);
    ObjectNode answer = StripeJson.object();
    answer.put("object", AccountLinks.KIND);
    answer.put("created", link.number("created"));
    answer.put("expires_at", link.number("expires_at"));
    answer.put("url", link.requiredText("url"));
    return answer;
  }

  /** The page collects all requirements, so what to collect makes no difference here. */
  private static void readCollection(Params params) {
    params.oneOf("collect", "currently_due", "eventually_due");
    Params options = params.childOrEmpty("collection_options");
    options.oneOf("fields", "currently_due", "eventually_due");
    options.oneOf("future_requirements", "include", "omit");
  }

  private static String url(Params params, String name) {
    String url = params.url(name);
    if (url == null) {
      throw StripeRefusal.missing(name);
    }
    return url;
  }

  private ObjectNode createLoginLink(StripeRequest request) {
    request.requirePlatform();
    request.params().refuseOthers();
    StripeObject account = accounts.find(request, request.id());
    if (!Controllers.dashboard(account).equals("express")) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "Cannot create a login link for an account that does not have access to the Express Dashboard.");
    }
    if (!account.body().get("details_submitted").booleanValue()) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "Cannot create a login link for an account that has not completed onboarding.");
    }
    ObjectNode answer = StripeJson.object();
    answer.put("object", "login_link");
    answer.put("created", clock.epochSecond());
    answer.put(
        "url",
        settings.publicUrl()
            + ExpressDashboardPage.PATH.replace("{id}", account.id())
            + "?login="
            + StripeIds.next("lael"));
    return answer;
  }
}
