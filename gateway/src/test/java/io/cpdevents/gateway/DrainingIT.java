package io.cpdevents.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

class DrainingIT extends GatewayUnderTest {

  @Autowired Environment environment;

  @Test
  void who_was_told_to_end_says_so_and_goes_on_answering_for_a_while() throws Exception {
    ConfigurableApplicationContext gateway =
        new SpringApplicationBuilder(GatewayApplication.class)
            .run(
                "--server.port=0",
                "--cpd.gateway.drain-time=3s",
                "--cpd.gateway.internal-token=the-internal-token",
                "--cpd.gateway.rate-limits=relaxed",
                "--cpd.gateway.services.registration=" + services.baseUrl(),
                "--cpd.gateway.kafka-bootstrap-servers="
                    + environment.getProperty("cpd.gateway.kafka-bootstrap-servers"));
    String url =
        "http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port", "");
    assertThat(get(url + "/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(get(url + "/api/v1/events").headers().firstValue("Connection"))
        .isNotEqualTo(Optional.of("close"));

    Thread end = Thread.startVirtualThread(gateway::close);

    Awaitility.await().until(() -> get(url + "/actuator/health/readiness").statusCode() == 503);
    HttpResponse<String> last = get(url + "/api/v1/events");
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.headers().firstValue("Connection")).contains("close");
    end.join();
    assertThatThrownBy(() -> get(url + "/api/v1/events")).isInstanceOf(IOException.class);
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }
}
