package io.cpdevents.billing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationHeld;
import io.cpdevents.contracts.registration.RegistrationEvent.TicketLine;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who may wait for a payment that is not there yet. */
@CpdIntegrationTest
class PaymentWaitIT {

  private static final WireMockServer REGISTRATION_SERVICE =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  static {
    REGISTRATION_SERVICE.start();
  }

  @Autowired private ApiClient api;
  @Autowired private Facts facts;
  @Autowired private MutableClock clock;

  private final UUID buyer = Ids.next();
  private final UUID registrationId = Ids.next();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("cpd.registration-url", REGISTRATION_SERVICE::baseUrl);
  }

  @AfterAll
  static void stop() {
    REGISTRATION_SERVICE.stop();
  }

  @BeforeEach
  void the_registration_is_the_buyers() {
    REGISTRATION_SERVICE.resetAll();
    REGISTRATION_SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
    REGISTRATION_SERVICE.stubFor(
        get(ownerOf(registrationId)).willReturn(okJson("{\"accountId\":\"" + buyer + "\"}")));
  }

  /** Had the strangers waited, the buyer's time would have been over before the payment came. */
  @Test
  void only_the_buyer_waits_for_a_payment() {
    AtOnce.Crowd<Answer> waiting = AtOnce.begin(1, () -> ask(buyer, registrationId));
    await()
        .until(() ->
            !REGISTRATION_SERVICE
                .findAll(getRequestedFor(urlEqualTo(ownerOf(registrationId))))
                .isEmpty());

    Answer strangers = ask(Ids.next(), registrationId);
    Answer unknown = ask(buyer, Ids.next());
    facts.tell(held());

    assertThat(strangers.body().path("data")).isEmpty();
    assertThat(unknown.body().path("data")).isEmpty();
    assertThat(waiting.results().getFirst().body().path("data")).hasSize(1);
  }

  @Test
  void for_a_free_registration_nobody_waits() {
    REGISTRATION_SERVICE.stubFor(
        get(ownerOf(registrationId))
            .willReturn(okJson("{\"accountId\":\"" + buyer + "\",\"paymentExpected\":false}")));
    long begunNanos = System.nanoTime();

    assertThat(ask(buyer, registrationId).body().path("data")).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begunNanos)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void while_nobody_tells_whose_it_is_nobody_waits() {
    REGISTRATION_SERVICE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));

    assertThat(ask(buyer, registrationId).body().path("data")).isEmpty();
  }

  private Answer ask(UUID accountId, UUID id) {
    return api.as(TestTokens.bearer(accountId))
        .get("/api/v1/payments?waitSeconds=10&registrationId=" + id)
        .expect(200);
  }

  private static String ownerOf(UUID id) {
    return "/internal/registrations/" + id + "/owner";
  }

  private RegistrationHeld held() {
    MoneyAmount total = new MoneyAmount(5_000, "CAD");
    return new RegistrationHeld(
        registrationId,
        buyer,
        Ids.next(),
        Ids.next(),
        "Wound care",
        total,
        List.of(
            new TicketLine(
                Ids.next(), Ids.next(), "Standard", total, new MoneyAmount(0, "CAD"), total)),
        true,
        clock.instant(),
        clock.instant().plus(Duration.ofMinutes(30)));
  }
}
