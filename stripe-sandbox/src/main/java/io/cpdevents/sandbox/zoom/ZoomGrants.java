package io.cpdevents.sandbox.zoom;

import io.cpdevents.sandbox.objects.StripeIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was allowed, and the codes and tokens for it. */
@Component
class ZoomGrants {

  /** Two tokens. */
  record Tokens(String accessToken, String refreshToken) {
    static Tokens next() {
      return new Tokens(StripeIds.next("zoom_access"), StripeIds.next("zoom_refresh"));
    }
  }

  /** Where a code is to be exchanged from, and by whom. */
  record Exchange(String clientId, String code, String redirectUri, String verifier) {}

  private final JdbcClient jdbc;

  ZoomGrants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Somebody allows it. Returns the code. */
  String allow(String clientId, String redirectUri, String codeChallenge) {
    String code = StripeIds.next("zoom_code");
    jdbc.sql(
            """
            INSERT INTO zoom_grant (client_id, redirect_uri, code, code_challenge)
            VALUES (:clientId, :redirectUri, :code, :codeChallenge)
            """)
        .param("clientId", clientId)
        .param("redirectUri", redirectUri)
        .param("code", code)
        .param("codeChallenge", codeChallenge)
        .update();
    return code;
  }

  /** The tokens for a code, which counts once; empty when it does not count like this. */
  Optional<Tokens> exchange(Exchange exchange) {
    Tokens tokens = Tokens.next();
    int taken =
        jdbc.sql(
                """
                UPDATE zoom_grant
                   SET code = NULL, access_token = :accessToken, refresh_token = :refreshToken
                 WHERE code = :code AND client_id = :clientId AND redirect_uri = :redirectUri
                   AND code_challenge = :challenge
                """)
            .param("accessToken", tokens.accessToken())
            .param("refreshToken", tokens.refreshToken())
            .param("code", exchange.code())
            .param("clientId", exchange.clientId())
            .param("redirectUri", exchange.redirectUri())
            .param("challenge", challengeOf(exchange.verifier()))
            .update();
    return taken == 1 ? Optional.of(tokens) : Optional.empty();
  }

  /** Other tokens for a refresh token, which counts once. */
  Optional<Tokens> refresh(String clientId, String refreshToken) {
    Tokens tokens = Tokens.next();
    int taken =
        jdbc.sql(
                """
                UPDATE zoom_grant SET access_token = :accessToken, refresh_token = :next
                 WHERE refresh_token = :refreshToken AND client_id = :clientId
                """)
            .param("accessToken", tokens.accessToken())
            .param("next", tokens.refreshToken())
            .param("refreshToken", refreshToken)
            .param("clientId", clientId)
            .update();
    return taken == 1 ? Optional.of(tokens) : Optional.empty();
  }

  boolean revoke(String accessToken) {
    return jdbc.sql("DELETE FROM zoom_grant WHERE access_token = :accessToken")
            .param("accessToken", accessToken)
            .update()
        == 1;
  }

  void remove(long id) {
    jdbc.sql("DELETE FROM zoom_grant WHERE id = :id").param("id", id).update();
  }

  /** The number of what was allowed; empty when the token does not count. */
  Optional<Long> find(String accessToken) {
    return jdbc.sql("SELECT id FROM zoom_grant WHERE access_token = :accessToken")
        .param("accessToken", accessToken)
        .query(Long.class)
        .optional();
  }

  private static String challengeOf(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
