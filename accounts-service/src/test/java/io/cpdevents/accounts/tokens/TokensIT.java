package io.cpdevents.accounts.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.platformroles.GrantPlatformRole;
import io.cpdevents.accounts.secrets.TokenKey;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.transaction.support.TransactionTemplate;

@AccountsIntegrationTest
class TokensIT {

  private static final String ANOTHER_TOKEN_KEY = "another-token-key-of-32-characters-or-more";

  @Autowired People people;
  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired GrantPlatformRole grantPlatformRole;

  @Test
  void a_session_is_exchanged_for_a_signed_token_with_the_roles_of_this_moment() throws Exception {
    LoggedIn person = people.somebody();
    transaction.executeWithoutResult(
        _ -> grantPlatformRole.handle(person.accountId(), PlatformRole.PLATFORM_SUPPORT));
    jdbc.sql("UPDATE session SET factor_proved_at = now() WHERE id = :id")
        .param("id", person.sessionId())
        .update();
    jdbc.sql("UPDATE account SET factors = 1 WHERE id = :id")
        .param("id", person.accountId())
        .update();
    Answer organization =
        people
            .newcomer()
            .as(person.bearer())
            .post("/api/v1/organizations", Map.of("name", "CPD Co"));
    Instant before = Instant.now();

    Answer answer = people.exchange(person.token());

    answer.expect(200);
    assertThat(answer.text("accountId")).isEqualTo(person.accountId().toString());
    assertThat(answer.text("sessionId")).isEqualTo(person.sessionId().toString());
    SignedJWT token = SignedJWT.parse(answer.text("accessToken"));
    JWKSet keys = JWKSet.parse(people.newcomer().get("/internal/jwks").plain());
    assertThat(
            token.verify(
                new ECDSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
        .isTrue();
    assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("cpd-accounts");
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("cpd-services");
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(person.accountId().toString());
    assertThat(token.getJWTClaimsSet().getStringClaim("sid"))
        .isEqualTo(person.sessionId().toString());
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles"))
        .containsExactly("platform-support");
    assertThat(token.getJWTClaimsSet().getJSONObjectClaim("orgs"))
        .isEqualTo(Map.of(organization.text("id"), "owner"));
    Instant expiresAt = token.getJWTClaimsSet().getExpirationTime().toInstant();
    assertThat(expiresAt)
        .isEqualTo(Instant.parse(answer.text("expiresAt")))
        .isBetween(before.plusSeconds(59), Instant.now().plusSeconds(60));
    assertThat(Duration.between(token.getJWTClaimsSet().getIssueTime().toInstant(), expiresAt))
        .isEqualTo(AccessTokens.LIFETIME);
  }

  @Test
  void a_resource_server_that_knows_only_the_published_keys_accepts_the_token() {
    LoggedIn person = people.somebody();
    String token = people.exchange(person.token()).body().path("accessToken").asString();
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri("http://127.0.0.1:" + port + "/internal/jwks")
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();

    assertThat(decoder.decode(token).getSubject()).isEqualTo(person.accountId().toString());
  }

  @Test
  void the_published_keys_have_no_private_part() throws Exception {
    Answer answer = people.newcomer().get("/internal/jwks");

    answer.expect(200);
    assertThat(answer.body().path("keys").path(0).has("d")).isFalse();
    assertThat(JWKSet.parse(answer.plain()).containsNonPublicKeys()).isFalse();
  }

  @Test
  void a_key_that_somebody_puts_into_the_database_is_not_published() throws Exception {
    people.newcomer().get("/internal/jwks").expect(200);
    String strangers = instance(ANOTHER_TOKEN_KEY).current().getKeyID();
    jdbc.sql(
            """
            INSERT INTO signing_key (id, private_jwk_encrypted, created_at)
            SELECT 'a-name-of-their-own', private_jwk_encrypted, created_at FROM signing_key
            """)
        .update();

    JWKSet published = JWKSet.parse(people.newcomer().get("/internal/jwks").plain());

    assertThat(published.getKeys().stream().map(JWK::getKeyID))
        .doesNotContain(strangers, "a-name-of-their-own")
        .isNotEmpty();
    jdbc.sql("DELETE FROM signing_key WHERE id = 'a-name-of-their-own'").update();
  }

  @Test
  void a_key_retires_and_is_published_until_what_it_signed_has_expired() {
    people.newcomer().get("/internal/jwks");
    jdbc.sql("DELETE FROM signing_key").update();
    Instant founded = Instant.now();
    SigningKeys keys = instance(AccountsIntegrationTest.TOKEN_KEY, founded);
    String first = keys.current().getKeyID();

    Instant retired = founded.plus(SigningKeys.SIGNING_TIME);
    SigningKeys then = instance(AccountsIntegrationTest.TOKEN_KEY, retired);
    SigningKeys later =
        instance(
            AccountsIntegrationTest.TOKEN_KEY,
            retired.plus(SigningKeys.PUBLISHED_AFTER_SIGNING_TIME));

    assertThat(then.current().getKeyID()).isNotEqualTo(first);
    assertThat(then.published().getKeyByKeyId(first)).as("the key before").isNotNull();
    assertThat(later.published().getKeyByKeyId(first)).as("long retired").isNull();
    assertThat(later.published().getKeys())
        .singleElement()
        .satisfies(key -> assertThat(key.getExpirationTime()).isNotNull());
    jdbc.sql("DELETE FROM signing_key").update();
  }

  @Test
  void instances_that_start_together_agree_on_one_key() {
    people.newcomer().get("/internal/jwks");
    jdbc.sql("DELETE FROM signing_key").update();
    int before = countKeys();

    List<String> keyIds =
        AtOnce.times(5, () -> instance(AccountsIntegrationTest.TOKEN_KEY).current().getKeyID());

    assertThat(keyIds).containsOnly(keyIds.getFirst());
    assertThat(countKeys()).isEqualTo(before + 1);
    assertThat(instance(ANOTHER_TOKEN_KEY).current().getKeyID())
        .as("a key that cannot be decrypted is not used")
        .isNotEqualTo(keyIds.getFirst());
    assertThat(instance(AccountsIntegrationTest.TOKEN_KEY).published().getKeys())
        .as("nor is it published by those who cannot decrypt it")
        .hasSize(1);
  }

  private SigningKeys instance(String tokenKey) {
    return instance(tokenKey, Instant.now());
  }

  private SigningKeys instance(String tokenKey, Instant now) {
    return new SigningKeys(
        new StoredSigningKeys(jdbc),
        transaction,
        new SigningKeyEncryption(new TokenKey(tokenKey)),
        InstantSource.fixed(now),
        "");
  }

  private int countKeys() {
    return jdbc.sql("SELECT count(*) FROM signing_key").query(Integer.class).single();
  }
}
