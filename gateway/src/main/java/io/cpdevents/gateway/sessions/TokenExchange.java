package io.cpdevents.gateway.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.edge.RequestTrace;
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

/** Asks accounts-service whose session token this is. */
@Component
class TokenExchange {

  private static final Logger log = LoggerFactory.getLogger(TokenExchange.class);
  private static final String PATH = "/internal/token-exchanges";
  private static final int ANSWER_LIMIT_BYTES = 64 * 1024;
  private static final long RETRY_AFTER_SECONDS = 1;

  /** Room for a slow request behind us: a token is not sent in its last seconds. */
  private static final Duration LAST_SECONDS = Duration.ofSeconds(5);

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
   * @throws Refusal 401 {@code session-invalid}, or what stands in the way
   */
  AccessToken exchange(SessionToken token, HttpServletRequest onBehalfOf) {
    long begun = System.nanoTime();
    ResponseEntity<byte[]> answer =
        calls.call(Upstream.ACCOUNTS, true, () -> ask(token, onBehalfOf));
    if (answer.getStatusCode().value() == 401) {
      throw Refusal.sessionInvalid();
    }
    byte[] body = answer.getBody();
    if (answer.getStatusCode().value() != 200 || body == null) {
      log.error("Token exchange was answered with status {}", answer.getStatusCode());
      throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    }
    try {
      return read(body, begun);
    } catch (JacksonException e) {
      log.error("Token exchange gave no readable answer: {}", e.getClass().getSimpleName());
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
    RequestTrace.of(onBehalfOf).tell(request::header, onBehalfOf.getRemoteAddr());
    String userAgent = onBehalfOf.getHeader("User-Agent");
    if (userAgent != null) {
      request.header("User-Agent", userAgent);
    }
    return request
        .body(json.writeValueAsBytes(Map.of("token", token.secret())))
        .exchangeForRequiredValue((_, answer) ->
            ResponseEntity.status(answer.getStatusCode())
                .body(answer.getBody().readNBytes(ANSWER_LIMIT_BYTES)));
  }

  private AccessToken read(byte[] body, long begun) {
    Answer answer = json.readValue(body, Answer.class);
    Duration usableFor = Duration.between(time.instant(), answer.expiresAt()).minus(LAST_SECONDS);
    return new AccessToken(
        "Bearer " + answer.accessToken(), answer.accountId(), answer.sessionId(), begun, usableFor);
  }

  /** The answer of accounts-service. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Answer(String accessToken, UUID accountId, UUID sessionId, Instant expiresAt) {}
}
