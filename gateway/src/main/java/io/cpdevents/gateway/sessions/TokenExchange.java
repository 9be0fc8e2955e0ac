package io.cpdevents.gateway.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.filter.RequestTrace;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.Upstream;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Exchanges session tokens for access tokens at accounts-service. */
@Component
class TokenExchange {

  private static final Logger log = LoggerFactory.getLogger(TokenExchange.class);
  private static final String PATH = "/internal/token-exchanges";
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final long RETRY_AFTER_SECONDS = 1;

  /** A token is not used in its last seconds, so that it does not expire during a slow request. */
  private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(5);

  private final UpstreamCalls calls;
  private final RestClient client;
  private final InstantSource time;
  private final String internalAuthorization;
  private final JsonMapper json = ContractsJson.mapper();

  TokenExchange(
      UpstreamCalls calls, RestClient client, InstantSource time, GatewaySettings settings) {
    this.calls = calls;
    this.client = client;
    this.time = time;
    this.internalAuthorization = "Bearer " + settings.internalToken();
  }

  /**
   * Exchanges the token.
   *
   * @throws Refusal 401 {@code session-invalid}, 503 {@code service-unavailable} or 504 {@code
   *     upstream-timeout}
   */
  AccessToken exchange(SessionToken token, HttpServletRequest onBehalfOf) {
    long begunNanos = System.nanoTime();
    ResponseEntity<byte[]> answer =
        calls.call(
            Upstream.ACCOUNTS,
            UpstreamCalls.Place.TOKEN_EXCHANGE,
            true,
            () -> ask(token, onBehalfOf));
    if (answer.getStatusCode().value() == 401) {
      throw Refusal.sessionInvalid();
    }
    byte[] body = answer.getBody();
    if (answer.getStatusCode().value() != 200 || body == null) {
      log.error("Token exchange was answered with status {}", answer.getStatusCode());
      throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    }
    try {
      return read(body, begunNanos);
    } catch (JacksonException e) {
      log.error("The answer to a token exchange cannot be read: {}", e.getClass().getSimpleName());
      throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    }
  }

  private ResponseEntity<byte[]> ask(SessionToken token, HttpServletRequest onBehalfOf) {
    RestClient.RequestBodySpec request =
        client
            .post()
            .uri(URI.create(calls.baseOf(Upstream.ACCOUNTS) + PATH))
            .header("Authorization", internalAuthorization)
            .contentType(MediaType.APPLICATION_JSON);
    RequestTrace.of(onBehalfOf).addTo(request::header, onBehalfOf.getRemoteAddr());
    String userAgent = onBehalfOf.getHeader("User-Agent");
    if (userAgent != null) {
      request.header("User-Agent", userAgent);
    }
    return request
        .body(json.writeValueAsBytes(Map.of("token", token.secret())))
        .exchangeForRequiredValue((_, answer) ->
            ResponseEntity.status(answer.getStatusCode())
                .body(answer.getBody().readNBytes(MAX_ANSWER_BYTES)));
  }

  private AccessToken read(byte[] body, long begunNanos) {
    Answer answer = json.readValue(body, Answer.class);
    Duration usableFor = Duration.between(time.instant(), answer.expiresAt()).minus(EXPIRY_MARGIN);
    return new AccessToken(
        "Bearer " + answer.accessToken(),
        answer.accountId(),
        answer.sessionId(),
        begunNanos,
        usableFor);
  }

  /** The answer of accounts-service. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Answer(String accessToken, UUID accountId, UUID sessionId, Instant expiresAt) {}
}
