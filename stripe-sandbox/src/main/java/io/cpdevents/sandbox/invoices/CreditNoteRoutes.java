package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/credit_notes}, which are made in the dashboard. */
@Component
class CreditNoteRoutes implements StripeRoutes {
  private static final String PATH = "/v1/credit_notes";

  private final CreditNotes creditNotes;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;

  CreditNoteRoutes(
      CreditNotes creditNotes,
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events) {
    this.creditNotes = creditNotes;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.post(PATH + "/{id}/void", this::takeBack));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), CreditNotes.KIND)
            .with("invoice", params.text("invoice"))
            .with("customer", params.text("customer")));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), CreditNotes.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> noSuch(request));
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject note = lock(request);
    ObjectNode before = note.body().deepCopy();
    Params params = request.params();
    String memo = params.textOrEmpty("memo");
    if (memo != null) {
      note.body().put("memo", memo.isEmpty() ? null : memo);
    }
    Metadata.merge(params, note.body());
    params.refuseOthers();
    objects.save(note);
    events.recordChange("credit_note.updated", note, before);
    return views.show(note);
  }

  private ObjectNode takeBack(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject note = lock(request);
    creditNotes.takeBack(note);
    return views.show(note);
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock(CreditNotes.KIND, request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch(CreditNotes.KIND, request.id(), "id");
  }
}
