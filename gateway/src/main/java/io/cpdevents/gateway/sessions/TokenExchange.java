package io.cpdevents.gateway.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.edge.RequestTrace;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.BodyRefused;
import io.cpdevents.gateway.upstream.Patience;
import io.cpdevents.gateway.upstream.Upstream;
import io.cpdevents.gateway.upstream.UpstreamAnswer;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
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
  private final InstantSource time;
  private final String internalAuthorization;
  private final JsonMapper json = ContractsJson.mapper();

  TokenExchange(UpstreamCalls calls, InstantSource time, GatewaySettings settings) {
    this.calls = calls;
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
    try (UpstreamAnswer answer =
        calls.send(Upstream.ACCOUNTS, request(token, onBehalfOf), Patience.ORDINARY, true)) {
      if (answer.status() == 401) {
        throw Refusal.sessionInvalid();
      }
      HttpEntity body = answer.response().getEntity();
      if (answer.status() != 200 || body == null) {
        log.error("Token exchange was answered with status {}", answer.status());
        throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
      }
      return read(EntityUtils.toByteArray(body, ANSWER_LIMIT_BYTES), begun);
    } catch (BodyRefused e) {
      throw e.refusal();
    } catch (IOException | JacksonException e) {
      log.error("Token exchange gave no readable answer: {}", e.getClass().getSimpleName());
      throw Refusal.serviceUnavailable(RETRY_AFTER_SECONDS);
    }
  }

  private ClassicHttpRequest request(SessionToken token, HttpServletRequest onBehalfOf) {
    RequestTrace trace = RequestTrace.of(onBehalfOf);
    ClassicHttpRequest request = new BasicClassicHttpRequest("POST", PATH);
    request.addHeader("Authorization", internalAuthorization);
    request.addHeader("X-Forwarded-For", onBehalfOf.getRemoteAddr());
    request.addHeader(RequestTrace.CORRELATION_HEADER, trace.correlationId());
    request.addHeader("traceparent", trace.traceParent());
    String userAgent = onBehalfOf.getHeader("User-Agent");
    if (userAgent != null) {
      request.addHeader("User-Agent", userAgent);
    }
    request.setEntity(
        new ByteArrayEntity(
            json.writeValueAsBytes(Map.of("token", token.secret())), ContentType.APPLICATION_JSON));
    return request;
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
