package io.cpdevents.sandbox.files;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.api.Upload;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/files}, which Stripe serves at a host of its own. The content of a file is validated
 * but not stored, so it cannot be downloaded.
 */
@Component
class FileRoutes implements StripeRoutes {
  private static final String PATH = "/v1/files";
  private static final String KIND = "file";

  /** The only purpose of files that one-off payments need. */
  private static final String EVIDENCE = "dispute_evidence";

  private static final int MAX_EVIDENCE_BYTES = 5 * 1024 * 1024;
  private static final int EVIDENCE_KEPT_MONTHS = 9;

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final SandboxClock clock;

  FileRoutes(StripeObjects objects, ObjectViews views, Lists lists, SandboxClock clock) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.clock = clock;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    params.requiredText("purpose");
    String purpose = params.oneOf("purpose", EVIDENCE);
    params.text(KIND);
    params.refuseOthers();
    Upload upload = request.upload();
    if (upload == null) {
      throw StripeRefusal.missing(KIND);
    }
    if (upload.bytes().length > MAX_EVIDENCE_BYTES) {
      throw StripeRefusal.invalid(
          null, KIND, "File size must be no more than 5 MB for the purpose " + purpose + ".");
    }
    FileType type = FileType.of(upload.bytes());
    StripeObject file =
        StripeObject.shaped(request.account(), KIND, StripeIds.next("file"), clock.epochSecond());
    ObjectNode body = file.body();
    body.put(
        "expires_at",
        clock.instant().atOffset(ZoneOffset.UTC).plusMonths(EVIDENCE_KEPT_MONTHS).toEpochSecond());
    body.put("filename", upload.filename());
    body.withObjectProperty("links").put("url", "/v1/file_links?file=" + file.id());
    body.put("purpose", purpose);
    body.put("size", upload.bytes().length);
    body.put("type", type.extension());
    objects.add(file);
    return views.show(file);
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch("file upload", request.id(), "file"));
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), KIND).with("purpose", request.params().text("purpose")));
  }
}
