package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.faults.Fault;
import io.cpdevents.sandbox.faults.Faults;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.time.SandboxClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Routes Stripe's API: every request is authenticated, limited and parsed in the same way. */
@Configuration
class ApiRouter {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
  private static final int MAX_BODY_BYTES = 1_000_000;
  private static final String KEY_PREFIX = "sk_test_";

  private final AnswerRequest answerRequest;
  private final RequestLimit limit;
  private final Faults faults;
  private final StripeAccounts accounts;
  private final IllegalRequests illegalRequests;
  private final SandboxClock clock;

  ApiRouter(
      AnswerRequest answerRequest,
      RequestLimit limit,
      Faults faults,
      StripeAccounts accounts,
      IllegalRequests illegalRequests,
      SandboxClock clock) {
    this.answerRequest = answerRequest;
    this.limit = limit;
    this.faults = faults;
    this.accounts = accounts;
    this.illegalRequests = illegalRequests;
    this.clock = clock;
  }

  @Bean
  RouterFunction<ServerResponse> stripeApi(List<StripeRoutes> features) {
    RouterFunctions.Builder router = RouterFunctions.route();
    features.stream()
        .flatMap(feature -> feature.routes().stream())
        // A path that is written out goes before one with an id in its place.
        .sorted(Comparator.comparing(route -> route.path().contains("{")))
        .forEach(route ->
            router.route(
                RequestPredicates.method(route.method()).and(RequestPredicates.path(route.path())),
                request -> respond(request, route)));
    router.route(RequestPredicates.path("/v1/**"), request -> respond(request, null));
    router.route(RequestPredicates.path("/v2/**"), request -> respond(request, null));
    return router.build();
  }

  private ServerResponse respond(ServerRequest request, @Nullable StripeRoute route)
      throws IOException {
    String key = request.headers().firstHeader("Idempotency-Key");
    ApiCall call = new ApiCall(StripeIds.next("req"), key);
    StripeAnswer answer;
    try {
      answer = ScopedValue.where(ApiCall.CURRENT, call).call(() -> answer(request, route, call));
    } catch (StripeRefusal refusal) {
      answer = StripeAnswer.of(refusal, StripeJson.write(refusal.body()));
    } catch (DataAccessException | TransactionException e) {
      // The database does not answer. As at Stripe, the caller cannot know the outcome of a 500.
      LOG.error("{} {} failed", request.method(), request.path(), e);
      answer =
          StripeAnswer.of(
              StripeRefusal.internal(), StripeJson.write(StripeRefusal.internal().body()));
    }
    if (answer.illegal()) {
      illegalRequests.add(request.method().name(), request.path(), answer);
    }
    return faults.drops(request.servletRequest())
        ? ServerResponse.noContent().build()
        : write(answer, call);
  }

  private StripeAnswer answer(ServerRequest request, @Nullable StripeRoute route, ApiCall call)
      throws IOException {
    Fault fault = faults.take(request.method().name(), request.path());
    faults.before(fault, request.servletRequest());
    String owner = authenticate(request);
    limit.count();
    checkVersion(request);
    String account = account(request, owner);
    MultipartBody body = body(request);
    if (route == null) {
      throw StripeRefusal.unknownUrl(request.method().name(), request.path());
    }
    StripeRequest stripeRequest =
        new StripeRequest(
            account, request.pathVariables(), Params.ofForm(body.form()), body.upload());
    String key = call.idempotencyKey();
    boolean hasKey = request.method().equals(HttpMethod.POST) && key != null && !key.isEmpty();
    if (fault != null && fault.kind() == Fault.Kind.SAVED_500) {
      if (hasKey && key != null) {
        answerRequest.storeFailure(route, stripeRequest, key, call.requestId());
      }
      throw StripeRefusal.internal();
    }
    StripeAnswer answer =
        hasKey && key != null
            ? answerRequest.handle(route, stripeRequest, key, call.requestId())
            : answerRequest.handle(route, stripeRequest);
    faults.after(fault, request.servletRequest());
    return answer;
  }

  private ServerResponse write(StripeAnswer answer, ApiCall call) {
    ServerResponse.BodyBuilder response =
        ServerResponse.status(answer.status())
            .contentType(MediaType.APPLICATION_JSON)
            .header("Date", dateNow())
            .header("Request-Id", call.requestId())
            .header("Stripe-Version", StripeVersion.PINNED);
    String key = call.idempotencyKey();
    if (key != null && !key.isEmpty()) {
      response.header("Idempotency-Key", key);
      response.header("Original-Request", originalRequest(answer, call));
    }
    if (answer.replayedFrom() != null) {
      response.header("Idempotent-Replayed", "true");
    }
    if (answer.shouldRetry()) {
      response.header("Stripe-Should-Retry", "true");
    }
    return response.body(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  /** Stripe's answers and the objects in them are of one clock. */
  private String dateNow() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  private static String originalRequest(StripeAnswer answer, ApiCall call) {
    String original = answer.replayedFrom();
    return original == null ? call.requestId() : original;
  }

  /** Returns the account of the key. */
  private static String authenticate(ServerRequest request) {
    String key = apiKey(request.headers().firstHeader("Authorization"));
    if (key == null) {
      throw StripeRefusal.unauthorized(
          "You did not provide an API key. You need to provide your API key in the Authorization"
              + " header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
    }
    if (!key.startsWith(KEY_PREFIX)) {
      throw StripeRefusal.unauthorized(
          "Invalid API Key provided. The sandbox accepts keys that begin with " + KEY_PREFIX + ".");
    }
    return StripeAccounts.ofKey(key);
  }

  private static @Nullable String apiKey(@Nullable String header) {
    if (header == null) {
      return null;
    }
    if (header.startsWith("Bearer ")) {
      return header.substring("Bearer ".length()).trim();
    }
    if (header.startsWith("Basic ")) {
      try {
        byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()).trim());
        return new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }

  private static void checkVersion(ServerRequest request) {
    String version = request.headers().firstHeader("Stripe-Version");
    if (version != null && !version.equals(StripeVersion.PINNED)) {
      throw StripeRefusal.invalid(
          null,
          null,
          "Invalid Stripe API version: %s. The sandbox supports %s."
              .formatted(version, StripeVersion.PINNED));
    }
  }

  private String account(ServerRequest request, String owner) {
    String account = request.headers().firstHeader("Stripe-Account");
    if (account == null) {
      return owner;
    }
    if (!accounts.isAccessible(account, owner)) {
      throw StripeRefusal.foreignAccount(account);
    }
    return account;
  }

  /** Parses a multipart body, which a few endpoints for files accept, or a form. */
  private static MultipartBody body(ServerRequest request) throws IOException {
    HttpServletRequest servletRequest = request.servletRequest();
    String type = servletRequest.getContentType();
    if (request.method().equals(HttpMethod.POST)
        && type != null
        && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
      return MultipartBody.read(servletRequest);
    }
    return new MultipartBody(form(request), null);
  }

  /** Reads the form from the stream, because the servlet container's parser loses the order. */
  private static String form(ServerRequest request) throws IOException {
    HttpServletRequest servletRequest = request.servletRequest();
    if (!request.method().equals(HttpMethod.POST)) {
      String query = servletRequest.getQueryString();
      return query == null ? "" : query;
    }
    String type = servletRequest.getContentType();
    if (type != null && !type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
      throw StripeRefusal.invalid(
          null,
          null,
          "Invalid request: the content type must be "
              + MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }
    byte[] body = servletRequest.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw StripeRefusal.invalid(null, null, "The request body is too large.");
    }
    return new String(body, StandardCharsets.UTF_8);
  }
}
