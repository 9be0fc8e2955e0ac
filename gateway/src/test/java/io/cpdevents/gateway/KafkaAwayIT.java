package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "test.kafka=127.0.0.1:1")
class KafkaAwayIT extends GatewayUnderTest {

  @Test
  void while_revocations_are_not_received_every_request_is_exchanged_anew() throws Exception {
    Person person = somebodyLoggedIn();

    for (int i = 0; i < 3; i++) {
      assertThat(
              send(to("/api/v1/me").header("Authorization", "Bearer " + person.token()))
                  .statusCode())
          .isEqualTo(200);
    }

    services.verify(3, postRequestedFor(urlEqualTo("/internal/token-exchanges")));
  }
}
