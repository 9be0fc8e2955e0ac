package io.cpdevents.driver.document;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.driver.Listener;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.document.ApiDocument.Operation;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.driver.http.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Compares every request and answer with the API's OpenAPI document, and counts what of it was
 * seen. A status, field, null or code that the document does not name is a fault; so is a request
 * that was taken though the document forbids it.
 */
public final class DocumentCheck implements Listener {

  private static final String PREFIX = "/api/v1/";
  private static final String WEBHOOKS = "/webhooks/";
  private static final int FIRST_REFUSAL = 400;
  private static final int SHOWN_CHARACTERS = 300;

  private static final String FOR_OTHER_ORIGINS = "access-control-";

  /** What the web server and the gateway add to every answer, and what is about the connection. */
  private static final Set<String> HEADERS_OF_ALL =
      Set.of(
          "cache-control",
          "connection",
          "content-language",
          "content-length",
          "content-security-policy",
          "content-type",
          "cross-origin-resource-policy",
          "date",
          "keep-alive",
          "referrer-policy",
          "transfer-encoding",
          "vary",
          "x-content-type-options",
          "x-correlation-id",
          "x-frame-options");

  /** Every service makes its part of it at the first request for it. */
  private static final Duration MAX_APPEARANCE_TIME = Duration.ofMinutes(1);

  private final Supplier<String> source;
  private final Set<String> faults = new ConcurrentSkipListSet<>();
  private final Set<String> askedOperations = new ConcurrentSkipListSet<>();
  private final Set<String> seenOperations = new ConcurrentSkipListSet<>();
  private final Set<String> seenStatuses = new ConcurrentSkipListSet<>();
  private final Set<String> seenCodes = new ConcurrentSkipListSet<>();
  private volatile @Nullable ApiDocument read;

  /** Of the document that a gateway serves; it is read when the first answer comes. */
  public DocumentCheck(String gatewayUrl) {
    this(() ->
        Api.at(gatewayUrl)
            .repeating(Wait.atMost(MAX_APPEARANCE_TIME))
            .get("/v3/api-docs")
            .expect(200)
            .body());
  }

  DocumentCheck(Supplier<String> source) {
    this.source = source;
  }

  private ApiDocument document() {
    ApiDocument known = read;
    if (known == null) {
      known = ApiDocument.read(source.get());
      read = known;
    }
    return known;
  }

  @Override
  public void answered(Exchange exchange) {
    String path = exchange.path().replaceAll("\\?.*", "");
    if (!path.startsWith(PREFIX) && !path.startsWith(WEBHOOKS)) {
      return;
    }
    Answer answer = exchange.answer();
    Operation operation = document().operation(exchange.method(), path).orElse(null);
    if (operation == null) {
      if (answer.isSuccess()) {
        faults.add(exchange.method() + " " + path + " is answered, but not in the document");
      }
      return;
    }
    see(operation, answer);
    for (String fault : faults(operation, exchange)) {
      faults.add("%s %d %s: %s".formatted(operation.name(), answer.status(), answer.code(), fault));
    }
  }

  private void see(Operation operation, Answer answer) {
    askedOperations.add(operation.name());
    if (answer.status() < FIRST_REFUSAL) {
      seenOperations.add(operation.name());
    }
    seenStatuses.add(operation.name() + " " + answer.status());
    if (!answer.isSuccess() && !answer.code().isEmpty()) {
      seenCodes.add(answer.code());
    }
  }

  private List<String> faults(Operation operation, Exchange exchange) {
    Answer answer = exchange.answer();
    List<String> found = new ArrayList<>();
    JsonNode response = operation.node().path("responses").path(Integer.toString(answer.status()));
    if (response.isMissingNode()) {
      found.add("the document does not name this status; " + shown(answer.body()));
      return found;
    }
    response.path("headers").properties().stream()
        .filter(header -> header.getValue().path("required").asBoolean(false))
        .map(Map.Entry::getKey)
        .filter(name -> answer.header(name).isEmpty())
        .forEach(name -> found.add("the header " + name + " is missing"));
    if (!exchange.method().equals("HEAD")) {
      found.addAll(bodyFaults(response, answer));
    }
    answer.headers().map().keySet().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> !HEADERS_OF_ALL.contains(name) && !name.startsWith(FOR_OTHER_ORIGINS))
        .filter(name -> !names(response.path("headers"), name))
        .forEach(name -> found.add("the document does not name the header " + name));
    answer
        .header("Location")
        .filter(there -> there.startsWith(PREFIX))
        .filter(there -> document().operation("GET", there).isEmpty())
        .ifPresent(there -> found.add("nothing can be read at its Location, " + there));
    if (answer.isSuccess()) {
      found.addAll(RequestCheck.faults(document(), operation, exchange));
    }
    return found;
  }

  private static boolean names(JsonNode headers, String name) {
    return headers.propertyNames().stream().anyMatch(name::equalsIgnoreCase);
  }

  private List<String> bodyFaults(JsonNode response, Answer answer) {
    JsonNode content = response.path("content");
    if (content.isEmpty()) {
      return answer.body().isEmpty() ? List.of() : List.of("has a body; " + shown(answer.body()));
    }
    String type = answer.header("Content-Type").orElse("").replaceAll(";.*", "").strip();
    JsonNode schema = content.path(type).path("schema");
    if (schema.isMissingNode()) {
      return List.of("the document does not name the media type '" + type + "'");
    }
    return type.endsWith("json") ? jsonFaults(schema, answer.body()) : List.of();
  }

  private List<String> jsonFaults(JsonNode schema, String body) {
    try {
      return document().faults(schema, ContractsJson.mapper().readTree(body)).stream()
          .map(RequestCheck::generalized)
          .toList();
    } catch (JacksonException broken) {
      return List.of("is no JSON; " + shown(body));
    }
  }

  private static String shown(String body) {
    return body.substring(0, Math.min(body.length(), SHOWN_CHARACTERS));
  }

  @Override
  public void waitsFor(String what) {
    // Only answers are compared.
  }

  @Override
  public void cameTrue(String what, Duration after) {
    // Only answers are compared.
  }

  /** What differed since it was asked last; empty when nothing did. */
  public List<String> newFaults() {
    List<String> found = List.copyOf(faults);
    found.forEach(faults::remove);
    return found;
  }

  /** The operations of the document that nobody has asked for. */
  public List<String> unaskedOperations() {
    return operationsNotIn(askedOperations);
  }

  /** The operations that have refused whatever they were asked: their answers were never seen. */
  public List<String> unseenOperations() {
    return operationsNotIn(seenOperations);
  }

  private List<String> operationsNotIn(Set<String> names) {
    return document().operations().stream()
        .map(Operation::name)
        .filter(name -> !names.contains(name))
        .sorted()
        .toList();
  }

  /** What was seen of the document and what was not, for people. */
  public String summary() {
    Set<String> statuses = new TreeSet<>();
    Set<String> codes = new TreeSet<>();
    for (Operation operation : document().operations()) {
      operation
          .node()
          .path("responses")
          .properties()
          .forEach(response -> {
            statuses.add(operation.name() + " " + response.getKey());
            response
                .getValue()
                .at("/content/application~1problem+json/schema/allOf/1/properties/code/enum")
                .forEach(code -> codes.add(code.asString("")));
          });
    }
    Set<String> unseenCodes = new TreeSet<>(codes);
    unseenCodes.removeAll(seenCodes);
    return """
    The OpenAPI document, held to what was asked and answered:
      operations  %d of %d%s
      statuses    %d of %d
      codes       %d of %d
      codes never seen: %s
    """
        .formatted(
            seenOperations.size(),
            document().operations().size(),
            unseenOperations().isEmpty() ? "" : "; never: " + unseenOperations(),
            seenStatuses.size(),
            statuses.size(),
            seenCodes.size(),
            codes.size(),
            String.join(", ", unseenCodes));
  }
}
