package io.cpdevents.accounts.zoom;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.cpdevents.accounts.secrets.FormerKey;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Zoom as it answers in tests: each grant is told by its code and tokens, so tests do not mix. */
public final class ZoomAtTest
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  static final String CLIENT_ID = "zoom-client";
  static final String AUTHORIZE_URL = "https://zoom.example/oauth/authorize";

  private static final String CLIENT_SECRET = "zoom-secret";
  private static final WireMockServer ZOOM =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  static {
    ZOOM.start();
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(
            "cpd.accounts.encryption.keys=" + FormerKey.KEYS,
            "cpd.accounts.zoom.client-id=" + CLIENT_ID,
            "cpd.accounts.zoom.client-secret=" + CLIENT_SECRET,
            "cpd.accounts.zoom.authorize-url=" + AUTHORIZE_URL,
            "cpd.accounts.zoom.oauth-url=" + ZOOM.baseUrl() + "/oauth",
            "cpd.accounts.zoom.api-url=" + ZOOM.baseUrl() + "/v2",
            "cpd.registration-url=" + ZOOM.baseUrl() + "/registration",
            "cpd.billing-url=" + ZOOM.baseUrl() + "/billing",
            "cpd.payout-url=" + ZOOM.baseUrl() + "/payout")
        .applyTo(context);
  }

  /** The server, which answers for other services as well, under a path of each. */
  public static WireMockServer server() {
    return ZOOM;
  }

  /** The code is exchanged for tokens of this name, which this person at Zoom has given. */
  public static void givesForCode(String code, String name, String user) {
    answersToken("code=" + code, tokens(name, 3_600));
    knows(name, user);
  }

  /** The same with an access token that counts no more when it arrives. */
  static void givesShortLivedForCode(String code, String name, String user) {
    answersToken("code=" + code, tokens(name, 0));
    knows(name, user);
  }

  static void refusesCode(String code) {
    answersToken("code=" + code, invalidGrant());
  }

  /** The refresh token of this name is exchanged for tokens of another. */
  public static void refreshes(String name, String next) {
    answersToken("refresh_token=refresh-" + name, tokens(next, 3_600));
  }

  static void refreshesSlowly(String name, String next) {
    answersToken(
        "refresh_token=refresh-" + name,
        tokens(next, 3_600).withFixedDelay((int) Duration.ofMillis(500).toMillis()));
  }

  public static void refusesRefresh(String name) {
    answersToken("refresh_token=refresh-" + name, invalidGrant());
  }

  static void refusesRefreshSlowly(String name) {
    answersToken(
        "refresh_token=refresh-" + name,
        invalidGrant().withFixedDelay((int) Duration.ofSeconds(1).toMillis()));
  }

  static void losesAnswerToRefresh(String name) {
    answersToken(
        "refresh_token=refresh-" + name, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
  }

  /** Our own id or secret is wrong, or Zoom has too much to do, and the like. */
  static void failsAtRefresh(String name, int status, String error) {
    answersToken(
        "refresh_token=refresh-" + name,
        aResponse().withStatus(status).withBody("{\"error\": \"%s\"}".formatted(error)));
  }

  static void takesBack(String name) {
    answersRevocation(name, okJson("{\"status\": \"success\"}"));
  }

  static void doesNotAnswerToRevocation(String name) {
    answersRevocation(name, aResponse().withStatus(503));
  }

  /** What was sent to exchange something that contains this. */
  public static List<LoggedRequest> tokenRequests(String content) {
    return ZOOM.findAll(
        postRequestedFor(urlEqualTo("/oauth/token")).withRequestBody(containing(content)));
  }

  static List<LoggedRequest> revocations(String name) {
    return ZOOM.findAll(
        postRequestedFor(urlEqualTo("/oauth/revoke"))
            .withRequestBody(equalTo("token=access-" + name)));
  }

  private static void answersToken(String content, ResponseDefinitionBuilder answer) {
    ZOOM.stubFor(
        post(urlEqualTo("/oauth/token"))
            .withBasicAuth(CLIENT_ID, CLIENT_SECRET)
            .withRequestBody(containing(content))
            .willReturn(answer));
  }

  private static void answersRevocation(String name, ResponseDefinitionBuilder answer) {
    ZOOM.stubFor(
        post(urlEqualTo("/oauth/revoke"))
            .withBasicAuth(CLIENT_ID, CLIENT_SECRET)
            .withRequestBody(equalTo("token=access-" + name))
            .willReturn(answer));
  }

  private static void knows(String name, String user) {
    ZOOM.stubFor(
        get(urlEqualTo("/v2/users/me"))
            .withHeader("Authorization", equalTo("Bearer access-" + name))
            .willReturn(
                okJson(
                    """
                    {"id": "%s", "account_id": "a", "email": "%s@zoom.example", "type": 2}
                    """
                        .formatted(user, user))));
  }

  private static ResponseDefinitionBuilder tokens(String name, int expiresInSeconds) {
    return okJson(
        """
        {"access_token": "access-%s", "token_type": "bearer", "refresh_token": "refresh-%s",
         "expires_in": %d, "scope": "meeting:write:meeting user:read:user",
         "api_url": "https://api.zoom.us"}
        """
            .formatted(name, name, expiresInSeconds));
  }

  private static ResponseDefinitionBuilder invalidGrant() {
    return aResponse()
        .withStatus(400)
        .withHeader("Content-Type", "application/json")
        .withBody("{\"reason\": \"Invalid Token!\", \"error\": \"invalid_grant\"}");
  }
}
