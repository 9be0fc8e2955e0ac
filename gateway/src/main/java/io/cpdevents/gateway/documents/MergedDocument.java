package io.cpdevents.gateway.documents;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.Upstream;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's one OpenAPI document, made of those of all services. It is kept for a minute, so that a
 * service that was deployed anew appears soon. While a service is away, its part is missing from no
 * document that was made before. So strangers who ask for documents make no service write one.
 */
@Component
class MergedDocument {

  private static final Logger log = LoggerFactory.getLogger(MergedDocument.class);
  private static final Duration MAX_KEPT_TIME = Duration.ofMinutes(1);

  /** For the first one: who waits holds a place of the gateway. */
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(2);

  private static final String PROBLEMS = "x-problems";

  private final UpstreamCalls calls;
  private final RestClient services;
  private final GatewaySettings settings;
  private final String version;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Made last;

  MergedDocument(
      UpstreamCalls calls,
      RestClient restClient,
      GatewaySettings settings,
      @Value("${cpd.gateway.version}") String version) {
    this.calls = calls;
    this.services = restClient;
    this.settings = settings;
    this.version = version;
  }

  private record Made(
      ObjectNode document,
      // Read only, and never compared.
      @SuppressWarnings("ArrayRecordComponent") byte[] bytes,
      Map<Upstream, byte[]> parts,
      long atNanos) {
    boolean isFresh() {
      return System.nanoTime() - atNanos < MAX_KEPT_TIME.toNanos();
    }
  }

  /** The document as JSON. */
  byte[] bytes() {
    return current().bytes();
  }

  /** A service's own document as JSON. */
  byte[] bytesOf(Upstream service) {
    return Objects.requireNonNull(current().parts().get(service));
  }

  /** The codes by which the API refuses. */
  List<ProblemPages.Problem> problems() {
    List<ProblemPages.Problem> problems = new ArrayList<>();
    for (JsonNode each : current().document().path(PROBLEMS)) {
      problems.add(
          new ProblemPages.Problem(
              each.path("code").asString(""),
              each.path("status").asInt(0),
              each.path("meaning").asString(""),
              each.path("remedy").asString("")));
    }
    return problems;
  }

  private Made current() {
    Made made = last;
    if (made != null && made.isFresh()) {
      return made;
    }
    if (!getsToMake(made)) {
      if (made == null) {
        throw Refusal.serviceUnavailable(UpstreamCalls.RETRY_AFTER_SECONDS);
      }
      return made;
    }
    try {
      made = last;
      if (made != null && made.isFresh()) {
        return made;
      }
      try {
        last = make();
      } catch (RuntimeException away) {
        if (made == null) {
          throw away;
        }
        log.warn("The last document is served on, because no new one can be made", away);
        last = new Made(made.document(), made.bytes(), made.parts(), System.nanoTime());
      }
      return Objects.requireNonNull(last);
    } finally {
      making.unlock();
    }
  }

  /** While somebody else makes one, which may take long, the last one is served on. */
  private boolean getsToMake(@Nullable Made made) {
    try {
      return made == null
          ? making.tryLock(MAX_WAIT_TIME.toMillis(), TimeUnit.MILLISECONDS)
          : making.tryLock();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Made make() {
    Map<String, JsonNode> paths = new TreeMap<>();
    Map<String, JsonNode> schemas = new TreeMap<>();
    Map<String, JsonNode> tags = new TreeMap<>();
    Map<String, JsonNode> problems = new TreeMap<>();
    Map<Upstream, byte[]> parts = new EnumMap<>(Upstream.class);
    JsonNode fieldProblems = null;
    for (Upstream upstream : Upstream.values()) {
      byte[] bytes = documentOf(upstream);
      parts.put(upstream, bytes);
      JsonNode part = ContractsJson.mapper().readTree(bytes);
      add(paths, part.path("paths"), "path");
      add(schemas, part.path("components").path("schemas"), "schema");
      part.path("tags").forEach(tag -> tags.put(tag.path("name").asString(""), tag));
      for (JsonNode problem : part.path(PROBLEMS)) {
        add(problems, problem.path("code").asString(""), problem, "problem");
      }
      fieldProblems = part.path("x-field-problems");
    }
    ObjectNode document = head();
    ArrayNode listed = document.putArray("tags");
    tags.values().forEach(listed::add);
    paths.forEach(document.putObject("paths")::set);
    ObjectNode components = document.putObject("components");
    schemas.forEach(components.putObject("schemas")::set);
    addSecuritySchemes(components.putObject("securitySchemes"));
    ArrayNode codes = document.putArray(PROBLEMS);
    problems.values().forEach(codes::add);
    if (fieldProblems != null) {
      document.set("x-field-problems", fieldProblems);
    }
    return new Made(
        document, ContractsJson.mapper().writeValueAsBytes(document), parts, System.nanoTime());
  }

  private byte[] documentOf(Upstream upstream) {
    URI address = URI.create(calls.baseOf(upstream) + "/v3/api-docs");
    ResponseEntity<byte[]> answer =
        calls.call(
            upstream,
            UpstreamCalls.Place.CALL,
            true,
            () ->
                services
                    .get()
                    .uri(address)
                    .retrieve()
                    .onStatus(
                        HttpStatusCode::isError,
                        (_, _) -> {
                          throw Refusal.serviceUnavailable(UpstreamCalls.RETRY_AFTER_SECONDS);
                        })
                    .toEntity(byte[].class));
    byte[] body = answer.getBody();
    return body == null ? new byte[0] : body;
  }

  private static void add(Map<String, JsonNode> all, JsonNode more, String kind) {
    more.properties().forEach(each -> add(all, each.getKey(), each.getValue(), kind));
  }

  private static void add(Map<String, JsonNode> all, String name, JsonNode added, String kind) {
    JsonNode before = all.put(name, added);
    if (before != null && !before.equals(added)) {
      throw new IllegalStateException(
          "Two services have a %s named %s, and they differ: give one another name"
              .formatted(kind, name));
    }
  }

  private ObjectNode head() {
    ObjectNode document = ContractsJson.mapper().createObjectNode();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "CPD Events");
    info.put(
        "description",
        "Events of continuing professional development: organizations publish them, people"
            + " register, pay and attend. Pages in a browser are logged in by a cookie, programs by"
            + " a token. A refusal has a `code` that never changes; each is described at its"
            + " `type`.");
    info.put("version", version);
    info.putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    document.putArray("servers").addObject().put("url", settings.publicUrl().toString());
    return document;
  }

  private void addSecuritySchemes(ObjectNode schemes) {
    schemes
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "For programs: the `token` that logging in answers.");
    schemes
        .putObject("cookie")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", settings.sessionCookieName())
        .put("description", "For pages in a browser: logging in sets it.");
  }
}
