package io.cpdevents.sandbox.zoom;

import io.cpdevents.sandbox.zoom.ZoomGrants.Exchange;
import io.cpdevents.sandbox.zoom.ZoomGrants.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Zoom's authorization server and API, as far as the platform uses them. */
@RestController
@RequestMapping("/zoom")
class ZoomController {

  /** An access token counts for an hour. */
  private static final int LIFE_SECONDS = 3_599;

  private static final String SCOPES =
      "meeting:write:meeting meeting:update:meeting meeting:delete:meeting"
          + " meeting:read:list_meetings meeting:write:registrant meeting:delete:registrant"
          + " meeting:read:list_registrants meeting:read:list_past_instances"
          + " report:read:list_meeting_participants user:read:user";

  private final ZoomGrants grants;

  ZoomController(ZoomGrants grants) {
    this.grants = grants;
  }

  /** Whoever comes allows it at once; with {@code decline} they do not. */
  @GetMapping("/oauth/authorize")
  ResponseEntity<String> authorize(
      @RequestParam("response_type") String responseType,
      @RequestParam("client_id") String clientId,
      @RequestParam("redirect_uri") String redirectUri,
      @RequestParam String state,
      @RequestParam("code_challenge") String codeChallenge,
      @RequestParam("code_challenge_method") String codeChallengeMethod,
      @RequestParam(defaultValue = "false") boolean decline) {
    if (!responseType.equals("code") || !codeChallengeMethod.equals("S256")) {
      return ResponseEntity.badRequest().body("Invalid request: code and S256 only (4700)");
    }
    UriComponentsBuilder back =
        UriComponentsBuilder.fromUriString(redirectUri).queryParam("state", state);
    if (decline) {
      back.queryParam("error", "access_denied");
    } else {
      back.queryParam("code", grants.allow(clientId, redirectUri, codeChallenge));
    }
    return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(back.toUriString())).build();
  }

  /** Tokens for a code or a refresh token. */
  @PostMapping(path = "/oauth/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<Map<String, Object>> token(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @RequestParam("grant_type") String grantType,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(name = "redirect_uri", defaultValue = "") String redirectUri,
      @RequestParam(name = "code_verifier", defaultValue = "") String codeVerifier,
      @RequestParam(name = "refresh_token", defaultValue = "") String refreshToken) {
    String clientId = clientOf(authorization);
    if (clientId == null) {
      return refusal(
          HttpStatus.UNAUTHORIZED, "invalid_client", "Invalid client_id or client_secret");
    }
    Optional<Tokens> tokens =
        switch (grantType) {
          case "authorization_code" ->
              grants.exchange(new Exchange(clientId, code, redirectUri, codeVerifier));
          case "refresh_token" -> grants.refresh(clientId, refreshToken);
          default -> Optional.empty();
        };
    return tokens
        .map(given ->
            ResponseEntity.ok(
                Map.<String, Object>of(
                    "access_token",
                    given.accessToken(),
                    "token_type",
                    "bearer",
                    "refresh_token",
                    given.refreshToken(),
                    "expires_in",
                    LIFE_SECONDS,
                    "scope",
                    SCOPES,
                    "api_url",
                    "https://api.zoom.us")))
        .orElseGet(() -> refusal(HttpStatus.BAD_REQUEST, "invalid_grant", "Invalid Token!"));
  }

  /** Forgets what was allowed. */
  @PostMapping(path = "/oauth/revoke", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<Map<String, Object>> revoke(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @RequestParam String token) {
    if (clientOf(authorization) == null) {
      return refusal(
          HttpStatus.UNAUTHORIZED, "invalid_client", "Invalid client_id or client_secret");
    }
    return grants.revoke(token)
        ? ResponseEntity.ok(Map.of("status", "success"))
        : refusal(HttpStatus.BAD_REQUEST, "invalid_request", "Invalid Token!");
  }

  /** Who has allowed it: each time somebody else. */
  @GetMapping("/v2/users/me")
  ResponseEntity<Map<String, Object>> user(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization) {
    String token =
        authorization.startsWith("Bearer ") ? authorization.substring("Bearer ".length()) : "";
    return grants
        .find(token)
        .map(id ->
            ResponseEntity.ok(
                Map.<String, Object>of(
                    "id",
                    "zoom-user-" + id,
                    "account_id",
                    "zoom-account",
                    "email",
                    "host-%d@zoom.example".formatted(id))))
        .orElseGet(() ->
            ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .body(Map.of("code", 124, "message", "Invalid access token.")));
  }

  private static ResponseEntity<Map<String, Object>> refusal(
      HttpStatus status, String error, String reason) {
    return ResponseEntity.status(status).body(Map.of("reason", reason, "error", error));
  }

  /** The client's id, with some secret; null without. */
  private static @Nullable String clientOf(String authorization) {
    if (!authorization.startsWith("Basic ")) {
      return null;
    }
    try {
      byte[] decoded =
          Base64.getDecoder().decode(authorization.substring("Basic ".length()).strip());
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty() ? parts[0] : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
