package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/accounts} with capabilities, and {@code /v1/account}. */
@Component
class AccountRoutes implements StripeRoutes {
  private static final String PATH = "/v1/accounts";
  private static final String CAPABILITIES = PATH + "/{id}/capabilities";

  private final Accounts accounts;
  private final CreateAccount createAccount;
  private final ExternalAccounts externalAccounts;
  private final EndAccount endAccount;
  private final ObjectViews views;
  private final Lists lists;
  private final SandboxClock clock;

  AccountRoutes(
      Accounts accounts,
      CreateAccount createAccount,
      ExternalAccounts externalAccounts,
      EndAccount endAccount,
      ObjectViews views,
      Lists lists,
      SandboxClock clock) {
    this.accounts = accounts;
    this.createAccount = createAccount;
    this.externalAccounts = externalAccounts;
    this.endAccount = endAccount;
    this.views = views;
    this.lists = lists;
    this.clock = clock;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.get("/v1/account", this::showOwn),
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.delete(PATH + "/{id}", this::delete),
        StripeRoute.post(PATH + "/{id}/reject", this::reject),
        StripeRoute.get(CAPABILITIES, this::listCapabilities),
        StripeRoute.get(CAPABILITIES + "/{capability}", this::showCapability),
        StripeRoute.post(CAPABILITIES + "/{capability}", this::updateCapability));
  }

  private ObjectNode showOwn(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(accounts.find(request, request.account()));
  }

  private ObjectNode create(StripeRequest request) {
    request.requirePlatform();
    return views.show(createAccount.handle(request.params()));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(accounts.find(request, request.id()));
  }

  private ObjectNode update(StripeRequest request) {
    Params params = request.params();
    StripeObject account = accounts.lock(request, request.id());
    ObjectNode before = account.body().deepCopy();
    AccountParams.read(params, account, clock.epochSecond());
    ExternalAccounts.Wanted bank = ExternalAccounts.read(params);
    params.refuseOthers();
    if (bank != null) {
      externalAccounts.replaceDefault(account, bank);
    }
    accounts.changed(account, before);
    return views.show(account);
  }

  private ObjectNode delete(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject account = accounts.lock(request, request.id());
    endAccount.delete(account);
    ObjectNode answer = StripeJson.object();
    answer.put("id", account.id());
    answer.put("object", Accounts.KIND);
    answer.put("deleted", true);
    return answer;
  }

  private ObjectNode reject(StripeRequest request) {
    Params params = request.params();
    params.requiredText("reason");
    String reason = String.valueOf(params.oneOf("reason", "fraud", "terms_of_service", "other"));
    params.refuseOthers();
    StripeObject account = accounts.lock(request, request.id());
    endAccount.reject(account, reason);
    return views.show(account);
  }

  private ObjectNode list(StripeRequest request) {
    request.requirePlatform();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(StripeAccounts.PLATFORM, Accounts.KIND)
            .where("id <> '" + StripeAccounts.PLATFORM + "'")
            .where("inner_facts ->> '" + StripeAccounts.DISCONNECTED + "' IS NULL"));
  }

  private ObjectNode listCapabilities(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject account = accounts.find(request, request.id());
    ArrayNode data = StripeJson.array();
    account
        .body()
        .get("capabilities")
        .propertyNames()
        .forEach(name -> data.add(Capabilities.view(account, name)));
    ObjectNode list = StripeJson.object();
    list.put("object", "list");
    list.set("data", data);
    list.put("has_more", false);
    list.put("url", CAPABILITIES.replace("{id}", account.id()));
    return list;
  }

  private ObjectNode showCapability(StripeRequest request) {
    request.params().refuseOthers();
    return Capabilities.view(accounts.find(request, request.id()), capability(request));
  }

  private ObjectNode updateCapability(StripeRequest request) {
    Boolean requested = request.params().flag("requested");
    request.params().refuseOthers();
    StripeObject account = accounts.lock(request, request.id());
    String name = capability(request);
    if (requested != null) {
      ObjectNode before = account.body().deepCopy();
      Capabilities.request(account, name, requested, clock.epochSecond());
      accounts.changed(account, before);
    }
    return Capabilities.view(account, name);
  }

  private static String capability(StripeRequest request) {
    String name = request.pathVariable("capability");
    if (!Capabilities.KNOWN.contains(name)) {
      throw StripeRefusal.noSuch("capability", name, "capability");
    }
    return name;
  }
}
