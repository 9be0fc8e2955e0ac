package io.cpdevents.accounts.zoom;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cpdevents.platform.http.ExternalClients;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The calls to Zoom's authorization server, and who has authorized us. See {@code
 * https://developers.zoom.us/docs/integrations/oauth/}.
 */
@Component
class ZoomOauth {

  /** The breaker's name; both hosts are Zoom. */
  private static final String BREAKER = "zoom";

  /** By which Zoom says that a code or refresh token does not count. */
  private static final String INVALID_GRANT = "invalid_grant";

  /** By which it says that our own id or secret is wrong, which is the operator's to mend. */
  private static final String INVALID_CLIENT = "invalid_client";

  @JsonIgnoreProperties(ignoreUnknown = true)
  record TokenAnswer(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("refresh_token") String refreshToken,
      @JsonProperty("expires_in") long expiresInSeconds,
      @Nullable String scope) {

    ZoomTokens tokens() {
      return new ZoomTokens(
          accessToken,
          refreshToken,
          Duration.ofSeconds(expiresInSeconds),
          scope == null ? "" : scope);
    }

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record UserAnswer(String id, @Nullable String email) {}

  private final ZoomSettings settings;
  private final RestClient oauth;
  private final RestClient api;

  ZoomOauth(ZoomSettings settings, ExternalClients clients) {
    this.settings = settings;
    this.oauth = clients.to(BREAKER, settings.oauthUrl());
    this.api = clients.to(BREAKER, settings.apiUrl());
  }

  /**
   * The tokens for a code.
   *
   * @param redirectUri exactly the one to which the code was sent
   * @param codeVerifier the secret whose digest was sent along when it was asked for (PKCE)
   * @throws ZoomRefused when the code does not count
   */
  ZoomTokens exchange(String code, String redirectUri, String codeVerifier) {
    MultiValueMap<String, String> form = form("grant_type", "authorization_code");
    form.add("code", code);
    form.add("redirect_uri", redirectUri);
    form.add("code_verifier", codeVerifier);
    return tokens("the exchange of a code", form);
  }

  /**
   * New tokens for a refresh token, which counts once.
   *
   * @throws ZoomRefused when it does not count
   */
  ZoomTokens refresh(String refreshToken) {
    MultiValueMap<String, String> form = form("grant_type", "refresh_token");
    form.add("refresh_token", refreshToken);
    return tokens("a refresh", form);
  }

  /**
   * Has Zoom forget what was allowed.
   *
   * @throws ZoomRefused when it has done so before
   */
  void revoke(String accessToken) {
    call(
        "a revocation",
        refusal ->
            isBadRequest(refusal) && !refusal.getResponseBodyAsString().contains(INVALID_CLIENT),
        () -> post("/revoke", form("token", accessToken)).toBodilessEntity());
  }

  /**
   * Who has authorized us.
   *
   * @throws ZoomRefused when the token does not count
   */
  ZoomUser user(String accessToken) {
    UserAnswer answer =
        call(
            "who has authorized us",
            refusal -> refusal.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED),
            () ->
                api.get()
                    .uri("/users/me")
                    .headers(headers -> headers.setBearerAuth(accessToken))
                    .retrieve()
                    .requiredBody(UserAnswer.class));
    return new ZoomUser(answer.id(), answer.email() == null ? "" : answer.email());
  }

  private ZoomTokens tokens(String operation, MultiValueMap<String, String> form) {
    return call(
            operation,
            refusal ->
                isBadRequest(refusal) && refusal.getResponseBodyAsString().contains(INVALID_GRANT),
            () -> post("/token", form).requiredBody(TokenAnswer.class))
        .tokens();
  }

  private RestClient.ResponseSpec post(String path, MultiValueMap<String, String> form) {
    return oauth
        .post()
        .uri(path)
        .headers(headers ->
            headers.setBasicAuth(
                settings.clientId(), settings.clientSecret(), StandardCharsets.UTF_8))
        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
        .body(form)
        .retrieve();
  }

  private static <T> T call(
      String operation, Predicate<HttpClientErrorException> isRefusal, Supplier<T> call) {
    try {
      return call.get();
    } catch (HttpClientErrorException e) {
      if (isRefusal.test(e)) {
        throw new ZoomRefused(operation, e);
      }
      // Too many requests, or something that an operator has to mend: it may fare better later.
      throw new ZoomUnavailable(operation, e);
    } catch (RestClientException | CallNotPermittedException e) {
      throw new ZoomUnavailable(operation, e);
    }
  }

  private static boolean isBadRequest(HttpClientErrorException refusal) {
    return refusal.getStatusCode().isSameCodeAs(HttpStatus.BAD_REQUEST);
  }

  private static MultiValueMap<String, String> form(String name, String value) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add(name, value);
    return form;
  }
}
