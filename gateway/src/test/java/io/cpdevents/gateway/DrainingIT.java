package io.cpdevents.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "cpd.gateway.drain-time=3s")
@DirtiesContext
class DrainingIT extends GatewayUnderTest {

  @Autowired ConfigurableApplicationContext gateway;

  @Test
  void who_was_told_to_end_says_so_and_goes_on_answering_for_a_while() throws Exception {
    assertThat(send(to("/actuator/health/readiness")).statusCode()).isEqualTo(200);
    assertThat(send(to("/api/v1/events")).headers().firstValue("Connection"))
        .isNotEqualTo(Optional.of("close"));

    Thread end = Thread.startVirtualThread(gateway::close);

    Awaitility.await().until(() -> send(to("/actuator/health/readiness")).statusCode() == 503);
    HttpResponse<String> last = send(to("/api/v1/events"));
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.headers().firstValue("Connection")).contains("close");
    end.join();
    assertThatThrownBy(() -> send(to("/api/v1/events"))).isInstanceOf(IOException.class);
  }
}
