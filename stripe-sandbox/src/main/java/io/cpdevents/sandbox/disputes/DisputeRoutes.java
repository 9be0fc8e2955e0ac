package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/disputes}. */
@Component
class DisputeRoutes implements StripeRoutes {
  private static final String PATH = "/v1/disputes";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Disputes disputes;
  private final DecideDispute decideDispute;
  private final UpdateDispute updateDispute;

  DisputeRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Disputes disputes,
      DecideDispute decideDispute,
      UpdateDispute updateDispute) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.disputes = disputes;
    this.decideDispute = decideDispute;
    this.updateDispute = updateDispute;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.post(PATH + "/{id}/close", this::close));
  }

  private StripeObject find(StripeRequest request) {
    return objects
        .find(request.account(), Disputes.KIND, request.id())
        .orElseThrow(() -> Disputes.noSuch(request.id()));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(find(request));
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), Disputes.KIND)
            .with("charge", params.text("charge"))
            .with("payment_intent", params.text("payment_intent")));
  }

  private ObjectNode update(StripeRequest request) {
    return views.show(updateDispute.handle(find(request).id(), request.params()));
  }

  /** Accepts the dispute: an inquiry is closed, a chargeback lost. */
  private ObjectNode close(StripeRequest request) {
    request.params().refuseOthers();
    Disputes.Locked locked = disputes.lock(find(request).id());
    locked.requireOpen();
    if (!locked.awaitsResponse()) {
      throw StripeRefusal.wrongState(
          null, null, "This dispute is under review and cannot be closed.");
    }
    if (locked.isInquiry()) {
      disputes.close(locked, "warning_closed", locked.dispute().body().deepCopy());
    } else {
      decideDispute.lose(locked);
    }
    return views.show(locked.dispute());
  }
}
