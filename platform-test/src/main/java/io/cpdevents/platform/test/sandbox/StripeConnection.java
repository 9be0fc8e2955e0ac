package io.cpdevents.platform.test.sandbox;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestWrapper;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.cpdevents.platform.test.servers.FreePort;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The connection of the service under test to the sandbox, through a WireMock that passes every
 * request on: it keeps what the service has asked, and makes the failures that the sandbox cannot.
 */
public final class StripeConnection {

  /** How a request fails of which the sandbox hears nothing. */
  public enum Failure {
    /** 500, not to be repeated by Stripe's library. */
    SERVER_ERROR(500, "api_error", "api_error"),
    /** 429, which Stripe's library does not repeat either. */
    RATE_LIMIT(429, "invalid_request_error", "rate_limit"),
    /** 400: for good. */
    REFUSAL(400, "invalid_request_error", "resource_missing"),
    /** 403: the key lacks a permission. */
    NO_PERMISSION(403, "invalid_request_error", "secret_key_required"),
    /** 403: the account is not connected to the platform. */
    DISCONNECTED(403, "invalid_request_error", "account_invalid"),
    /** It does not fail: the one after it may. */
    NONE(200, "", "");

    private final int status;
    private final String type;
    private final String code;

    Failure(int status, String type, String code) {
      this.status = status;
      this.type = type;
      this.code = code;
    }

    private ResponseDefinition answer() {
      return ResponseDefinitionBuilder.responseDefinition()
          .withStatus(status)
          .withHeader("Content-Type", "application/json")
          .withHeader("Stripe-Should-Retry", "false")
          .withBody(
              """
              {"error": {"type": "%s", "code": "%s", "message": "a failure that a test has planned"}}
              """
                  .formatted(type, code))
          .build();
    }
  }

  private record Planned(String request, Failure failure) {}

  /** What a balance transaction is listed as. */
  private record Listing(String transaction, String type, String source) {}

  /** In which currency transactions of a type are booked. */
  private record Settlement(String type, String currency) {}

  private static final JsonMapper JSON = new JsonMapper();
  private static final String NO_ANSWER = "Network failure trying to make a proxied request";
  private static final int SERVER_ERROR = 500;
  private static final int MAX_ANSWER_MILLIS = 30_000;

  /** More than a test looks at; a simulation of two years makes a hundred thousand. */
  private static final int MAX_REMEMBERED_REQUESTS = 5_000;

  private final List<Planned> planned = new CopyOnWriteArrayList<>();
  private final int port = FreePort.any();
  private final CompletableFuture<WireMockServer> started;
  private volatile boolean settlementsHidden;
  private volatile boolean eventsNewer;
  private volatile int maxPageRows = Integer.MAX_VALUE;
  private volatile boolean keyOfAnotherPlatform;
  private volatile @Nullable String listedTwice;
  private volatile @Nullable Settlement settlement;
  private volatile @Nullable Listing listing;
  private volatile long unlistedMinor;

  /** Its start goes on when this returns. */
  StripeConnection(String sandboxUrl) {
    started = CompletableFuture.supplyAsync(() -> start(sandboxUrl));
  }

  private WireMockServer start(String sandboxUrl) {
    WireMockServer server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .port(port)
                .gzipDisabled(true)
                .proxyTimeout(MAX_ANSWER_MILLIS)
                .maxRequestJournalEntries(MAX_REMEMBERED_REQUESTS)
                .extensions(
                    new PlannedFailures(),
                    new LostAnswers(),
                    new HiddenSettlements(),
                    new NewerEvents(),
                    new OtherTransactions(),
                    new UnlistedMoney(),
                    new ShortPages(),
                    new OtherKeys()));
    server.start();
    server.stubFor(
        WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().proxiedFrom(sandboxUrl)));
    return server;
  }

  /** What the service takes for Stripe's address. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * Requests that contain this, in their order: method, path with query, and idempotency key, for
   * example {@code POST /v1/refunds refund:1:1}.
   */
  public List<String> requests(String part) {
    List<String> requests = new ArrayList<>();
    for (ServeEvent event : started.join().getAllServeEvents()) {
      String request = line(event.getRequest());
      if (request.contains(part)) {
        requests.addFirst(request);
      }
    }
    return requests;
  }

  /** Lets the next requests that contain this fail, each in its way. */
  public void failNext(String request, Failure... failures) {
    for (Failure failure : failures) {
      planned.add(new Planned(request, failure));
    }
  }

  /** Charges have no balance transaction yet, as long as this test lasts or until it is shown. */
  public void hideSettlements() {
    settlementsHidden = true;
  }

  /** Charges show their balance transactions again. */
  public void showSettlements() {
    settlementsHidden = false;
  }

  /**
   * Events are listed in a version of the API in which nothing of their object is as we know it but
   * its id, as long as this test lasts.
   */
  public void listEventsInANewerVersion() {
    eventsNewer = true;
  }

  /** Pages of lists are not longer than this, so that few rows are many pages. */
  public void limitPages(int maxRows) {
    maxPageRows = maxRows;
  }

  /** The service has the key of another platform, as long as this test lasts. */
  public void useKeyOfAnotherPlatform() {
    keyOfAnotherPlatform = true;
  }

  /** Stripe lists this balance transaction a second time, under the id that is returned. */
  public String listTwice(String transaction) {
    listedTwice = transaction;
    return copyOf(transaction);
  }

  /** Charges are booked in this currency, whatever they were made in. */
  public void settleIn(String currency) {
    settlement = new Settlement("charge", currency);
  }

  /** Refunds are booked in this currency, whatever they were made in. */
  public void settleRefundsIn(String currency) {
    settlement = new Settlement("refund", currency);
  }

  /** Stripe lists this balance transaction as of this type and source. */
  public void listAs(String transaction, String type, String source) {
    listing = new Listing(transaction, type, source);
  }

  /** Stripe has so much more than what it lists, in the first currency of its balance. */
  public void hideInBalance(long amountMinor) {
    unlistedMinor = amountMinor;
  }

  private static String copyOf(String transaction) {
    return transaction + "_again";
  }

  /** Ends all failures, and forgets what was asked. */
  void heal() {
    planned.clear();
    settlementsHidden = false;
    eventsNewer = false;
    maxPageRows = Integer.MAX_VALUE;
    keyOfAnotherPlatform = false;
    listedTwice = null;
    settlement = null;
    listing = null;
    unlistedMinor = 0;
    started.join().resetRequests();
  }

  private static String line(Request request) {
    String pathAndQuery = URLDecoder.decode(request.getUrl(), StandardCharsets.UTF_8);
    String key = request.getHeader("Idempotency-Key");
    return request.getMethod() + " " + pathAndQuery + (key == null ? "" : " " + key);
  }

  private static Response withBody(Response response, JsonNode body) {
    return Response.response()
        .status(response.getStatus())
        .headers(
            new HttpHeaders(
                HttpHeader.httpHeader("Content-Type", "application/json"),
                response.getHeaders().getHeader("Date")))
        .body(JSON.writeValueAsBytes(body))
        .build();
  }

  private synchronized Optional<Failure> take(String request) {
    Optional<Planned> next =
        planned.stream().filter(candidate -> request.contains(candidate.request())).findFirst();
    next.ifPresent(planned::remove);
    return next.map(Planned::failure).filter(failure -> failure != Failure.NONE);
  }

  /** What a test has planned is answered instead of the sandbox. */
  private final class PlannedFailures implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return take(line(event.getRequest()))
          .map(Failure::answer)
          .orElseGet(event::getResponseDefinition);
    }

    @Override
    public String getName() {
      return "planned-failures";
    }
  }

  /** When the sandbox breaks the connection, it is broken here as well. */
  private static final class LostAnswers implements ResponseTransformerV2 {
    @Override
    public Response transform(Response response, ServeEvent event) {
      return response.getStatus() == SERVER_ERROR
              && response.getBodyAsString().startsWith(NO_ANSWER)
          ? Response.Builder.like(response).fault(Fault.EMPTY_RESPONSE).build()
          : response;
    }

    @Override
    public String getName() {
      return "lost-answers";
    }
  }

  /** As in the moment before Stripe has booked a charge. */
  private final class HiddenSettlements implements ResponseTransformerV2 {
    @Override
    public Response transform(Response response, ServeEvent event) {
      if (!settlementsHidden || !event.getRequest().getUrl().startsWith("/v1/payment_intents/")) {
        return response;
      }
      JsonNode intent = JSON.readTree(response.getBodyAsString());
      if (intent.path("latest_charge") instanceof ObjectNode charge) {
        charge.putNull("balance_transaction");
      }
      return withBody(response, intent);
    }

    @Override
    public String getName() {
      return "hidden-settlements";
    }
  }

  /** What Stripe should not say of its balance. */
  private final class OtherTransactions implements ResponseTransformerV2 {
    @Override
    public Response transform(Response response, ServeEvent event) {
      String url = event.getRequest().getUrl();
      boolean isList = url.startsWith("/v1/balance_transactions?");
      String twice = listedTwice;
      Listing listed = listing;
      Settlement other = settlement;
      if (((twice == null && listed == null) || !isList)
          && (other == null || !(isList || isOfOne(url)))) {
        return response;
      }
      JsonNode body = JSON.readTree(response.getBodyAsString());
      if (other != null) {
        settle(body, other);
      }
      if (listed != null) {
        body.path("data").forEach(each -> change(each, listed));
      }
      if (twice != null && body.path("data") instanceof ArrayNode all) {
        list(all, twice);
      }
      return withBody(response, body);
    }

    private void change(JsonNode each, Listing listed) {
      if (each instanceof ObjectNode transaction
          && transaction.path("id").asString("").equals(listed.transaction())) {
        transaction.put("type", listed.type()).put("source", listed.source());
      }
    }

    private boolean isOfOne(String url) {
      return url.startsWith("/v1/payment_intents/") || url.startsWith("/v1/refunds/");
    }

    private void settle(JsonNode body, Settlement other) {
      List<JsonNode> transactions = new ArrayList<>();
      body.path("data").forEach(transactions::add);
      transactions.add(body.path("balance_transaction"));
      transactions.add(body.path("latest_charge").path("balance_transaction"));
      for (JsonNode each : transactions) {
        if (each instanceof ObjectNode transaction
            && transaction.path("type").asString("").equals(other.type())) {
          transaction.put("currency", other.currency());
        }
      }
    }

    private void list(ArrayNode listed, String twice) {
      for (int place = 0; place < listed.size(); place++) {
        if (listed.get(place).path("id").asString("").equals(twice)) {
          ObjectNode copy = ((ObjectNode) listed.get(place)).deepCopy();
          listed.insert(place, copy.put("id", copyOf(twice)));
          return;
        }
      }
    }

    @Override
    public String getName() {
      return "other-transactions";
    }
  }

  /** What has moved Stripe's balance and is in no list. */
  private final class UnlistedMoney implements ResponseTransformerV2 {
    @Override
    public Response transform(Response response, ServeEvent event) {
      long hidden = unlistedMinor;
      if (hidden == 0 || !event.getRequest().getUrl().equals("/v1/balance")) {
        return response;
      }
      JsonNode balance = JSON.readTree(response.getBodyAsString());
      if (balance.path("available").path(0) instanceof ObjectNode first) {
        first.put("amount", first.path("amount").asLong() + hidden);
      }
      return withBody(response, balance);
    }

    @Override
    public String getName() {
      return "unlisted-money";
    }
  }

  /** As after Stripe's account was upgraded, and we were not. */
  private final class NewerEvents implements ResponseTransformerV2 {
    @Override
    public Response transform(Response response, ServeEvent event) {
      if (!eventsNewer || !event.getRequest().getUrl().startsWith("/v1/events?")) {
        return response;
      }
      JsonNode list = JSON.readTree(response.getBodyAsString());
      for (JsonNode listed : list.path("data")) {
        ((ObjectNode) listed).put("api_version", "2031-01-01.zinnia");
        ((ObjectNode) listed.path("data").path("object")).retain("id", "object");
      }
      return withBody(response, list);
    }

    @Override
    public String getName() {
      return "newer-events";
    }
  }

  /** The sandbox takes a key of this form for another platform's. */
  private final class OtherKeys implements StubRequestFilterV2 {
    @Override
    public RequestFilterAction filter(Request request, ServeEvent event) {
      return RequestFilterAction.continueWith(
          keyOfAnotherPlatform
              ? RequestWrapper.create()
                  .transformHeader("Authorization", _ -> List.of("Bearer sk_test_other"))
                  .wrap(request)
              : request);
    }

    @Override
    public String getName() {
      return "other-keys";
    }
  }

  /** Asks the sandbox for less than the service did. */
  private final class ShortPages implements StubRequestFilterV2 {
    @Override
    public RequestFilterAction filter(Request request, ServeEvent event) {
      int most = maxPageRows;
      return RequestFilterAction.continueWith(
          most == Integer.MAX_VALUE
              ? request
              : RequestWrapper.create()
                  .transformAbsoluteUrl(url -> url.replaceAll("\\blimit=[0-9]+", "limit=" + most))
                  .wrap(request));
    }

    @Override
    public String getName() {
      return "short-pages";
    }
  }
}
