package io.cpdevents.platform.test;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens as accounts-service signs them, with a key of the test. The key is served at {@link
 * #jwksUri()}, which {@link CpdIntegrationTest} gives to the service as {@code
 * cpd.security.jwks-uri}. Tokens live on system time, not on the test's clock.
 */
public final class TestTokens {

  /** As accounts-service gives it: services refuse a longer one. */
  private static final Duration LIFE = Duration.ofSeconds(60);

  private static final Duration MIN_LIFE_LEFT = Duration.ofSeconds(30);

  private static final String KEY_ID = "test-key";
  private static final int COORDINATE_BYTES = 32;
  private static final JsonMapper JSON = new JsonMapper();
  private static final KeyPair KEY = newKey();
  private static final HttpServer SERVER = serveKeys();

  /** What was signed for whom, so that a test may last longer than its tokens. */
  private static final Map<String, Token> SIGNED = new ConcurrentHashMap<>();

  private TestTokens() {}

  /** Where the public key is served. */
  public static String jwksUri() {
    return "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/internal/jwks";
  }

  /** {@code Bearer …} for an account without roles or organizations. */
  public static String bearer(UUID accountId) {
    return bearer(accountId, Set.of(), Map.of());
  }

  /**
   * {@code Bearer …} for the Authorization header.
   *
   * @param roles platform roles, for example {@code platform-finance}
   * @param organizations role by organization: {@code owner}, {@code admin}, {@code finance} or
   *     {@code staff}
   */
  public static String bearer(
      UUID accountId, Collection<String> roles, Map<UUID, String> organizations) {
    Token token = token().account(accountId);
    roles.forEach(token::role);
    organizations.forEach(token::organization);
    return token.bearer();
  }

  /** A token whose every part the test can change. */
  public static Token token() {
    return new Token();
  }

  /**
   * The header with a token that lives on, as a caller's session does: another one for the same
   * caller when its own is about to expire. Tokens whose life the test has chosen stay as they are.
   */
  static String renewed(String authorization) {
    Token token = SIGNED.get(authorization);
    return token == null || token.livesOn() ? authorization : token.renew().bearer();
  }

  /** A token to be. Valid for a minute, for no account yet. */
  public static final class Token {
    private UUID accountId = UUID.randomUUID();
    private UUID sessionId = UUID.randomUUID();
    private final Set<String> roles = new TreeSet<>();
    private final Map<String, String> organizations = new HashMap<>();
    private @Nullable UUID keyMadeBy;
    private String issuer = "cpd-accounts";
    private String audience = "cpd-services";
    private Instant issuedAt = Instant.now();
    private Instant expiresAt = issuedAt.plus(LIFE);
    private @Nullable Instant provedAt = issuedAt;
    private boolean provesOn = true;
    private boolean lacksFactor;
    private KeyPair key = KEY;
    private boolean lifeIsChosen;
    private boolean closing;

    private Token() {}

    private boolean livesOn() {
      return lifeIsChosen || Instant.now().plus(MIN_LIFE_LEFT).isBefore(expiresAt);
    }

    private synchronized Token renew() {
      issuedAt = Instant.now();
      expiresAt = issuedAt.plus(LIFE);
      provedAt = provesOn ? issuedAt : provedAt;
      return this;
    }

    /** Whose token it is. */
    public Token account(UUID id) {
      accountId = id;
      return this;
    }

    /** The session behind it; a random one otherwise. */
    public Token session(UUID id) {
      sessionId = id;
      return this;
    }

    /** Adds a platform role. */
    public Token role(String role) {
      roles.add(role);
      return this;
    }

    /** Adds a membership. */
    public Token organization(UUID id, String role) {
      organizations.put(id.toString(), role);
      return this;
    }

    /** It is not a person's but that of an API key of the organization, which has this id. */
    public Token apiKey(UUID id) {
      keyMadeBy = accountId;
      accountId = id;
      sessionId = id;
      provedAt = null;
      provesOn = false;
      return this;
    }

    /** Of somebody who waits to be erased. */
    public Token closing() {
      closing = true;
      return this;
    }

    /** When the person has last proved who they are; null: nobody knows. Otherwise just now. */
    public Token proved(@Nullable Instant at) {
      provedAt = at;
      provesOn = false;
      return this;
    }

    /** The person's role asks for a second factor, which the session has not proved. */
    public Token lacksFactor() {
      lacksFactor = true;
      return this;
    }

    /** Another issuer, to be refused. */
    public Token issuer(String other) {
      issuer = other;
      return this;
    }

    /** Another audience, to be refused. */
    public Token audience(String other) {
      audience = other;
      return this;
    }

    /** Another life. */
    public Token valid(Instant from, Instant until) {
      issuedAt = from;
      expiresAt = until;
      lifeIsChosen = true;
      return this;
    }

    /** Signs with a key that nobody serves. */
    public Token signedByAStranger() {
      key = newKey();
      return this;
    }

    /** For the Authorization header. */
    public String bearer() {
      String bearer = "Bearer " + sign();
      SIGNED.put(bearer, this);
      return bearer;
    }

    /** The compact form. */
    public String sign() {
      Map<String, Object> header = Map.of("alg", "ES256", "kid", KEY_ID, "typ", "JWT");
      Map<String, Object> claims = new LinkedHashMap<>();
      claims.put("iss", issuer);
      claims.put("aud", audience);
      claims.put("sub", accountId.toString());
      claims.put("sid", sessionId.toString());
      claims.put("roles", roles);
      claims.put("orgs", organizations);
      if (keyMadeBy != null) {
        claims.put("kby", keyMadeBy.toString());
      }
      if (lacksFactor) {
        claims.put("nofactor", true);
      }
      if (provedAt != null) {
        claims.put("auth_time", provedAt.getEpochSecond());
      }
      claims.put("iat", issuedAt.getEpochSecond());
      claims.put("exp", expiresAt.getEpochSecond());
      if (closing) {
        claims.put("closing", true);
      }
      String content =
          encode(JSON.writeValueAsBytes(header)) + "." + encode(JSON.writeValueAsBytes(claims));
      try {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + encode(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer serveKeys() {
    ECPublicKey publicKey = (ECPublicKey) KEY.getPublic();
    Map<String, String> jwk =
        Map.of(
            "kty", "EC",
            "crv", "P-256",
            "use", "sig",
            "alg", "ES256",
            "kid", KEY_ID,
            "x", coordinate(publicKey.getW().getAffineX()),
            "y", coordinate(publicKey.getW().getAffineY()));
    byte[] body = JSON.writeValueAsBytes(Map.of("keys", List.of(jwk)));
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/internal/jwks",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.setExecutor(command -> Thread.ofPlatform().daemon().name("test-jwks").start(command));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return encode(fixed);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
