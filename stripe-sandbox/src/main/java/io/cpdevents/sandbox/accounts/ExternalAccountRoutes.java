package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/accounts/{id}/external_accounts}. */
@Component
class ExternalAccountRoutes implements StripeRoutes {
  private static final String PATH = "/v1/accounts/{id}/external_accounts";

  private final Accounts accounts;
  private final ExternalAccounts externalAccounts;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;

  ExternalAccountRoutes(
      Accounts accounts,
      ExternalAccounts externalAccounts,
      StripeObjects objects,
      ObjectViews views,
      Lists lists) {
    this.accounts = accounts;
    this.externalAccounts = externalAccounts;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{bankId}", this::show),
        StripeRoute.post(PATH + "/{bankId}", this::update),
        StripeRoute.delete(PATH + "/{bankId}", this::delete));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    StripeObject account = accounts.lock(request, request.id());
    ObjectNode before = account.body().deepCopy();
    ExternalAccounts.Wanted wanted = ExternalAccounts.read(params);
    if (wanted == null) {
      throw StripeRefusal.missing("external_account");
    }
    Boolean asDefault = params.flag("default_for_currency");
    ObjectNode metadata = Metadata.of(params);
    params.refuseOthers();
    StripeObject bank =
        externalAccounts.add(account, wanted, Boolean.TRUE.equals(asDefault), metadata);
    accounts.changed(account, before);
    return views.show(bank);
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject account = accounts.lock(request, request.id());
    ObjectNode before = account.body().deepCopy();
    StripeObject bank = lock(request);
    externalAccounts.update(account, bank, request.params());
    accounts.changed(account, before);
    return views.show(bank);
  }

  private StripeObject lock(StripeRequest request) {
    String bankId = request.pathVariable("bankId");
    return objects
        .lock(ExternalAccounts.KIND, bankId)
        .filter(found -> found.account().equals(request.id()))
        .orElseThrow(() -> ExternalAccounts.noSuch(bankId));
  }

  private ObjectNode delete(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject account = accounts.lock(request, request.id());
    ObjectNode before = account.body().deepCopy();
    StripeObject bank = lock(request);
    if (ExternalAccounts.isDefault(bank)
        && bank.is("currency", account.requiredText("default_currency"))) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "You cannot delete the default external account for your default currency. Please make another external account the default using the `default_for_currency` param, and then delete this one.");
    }
    externalAccounts.remove(account, bank);
    accounts.changed(account, before);
    ObjectNode answer = StripeJson.object();
    answer.put("id", bank.id());
    answer.put("object", ExternalAccounts.KIND);
    answer.set("currency", bank.body().get("currency"));
    answer.put("deleted", true);
    return answer;
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    accounts.find(request, request.id());
    String bankId = request.pathVariable("bankId");
    return externalAccounts
        .find(request.id(), bankId)
        .map(views::show)
        .orElseThrow(() -> ExternalAccounts.noSuch(bankId));
  }

  private ObjectNode list(StripeRequest request) {
    accounts.find(request, request.id());
    request.params().oneOf("object", ExternalAccounts.KIND);
    return lists.answer(
        request,
        PATH.replace("{id}", request.id()),
        ObjectQuery.of(request.id(), ExternalAccounts.KIND));
  }
}
