package io.cpdevents.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;

@ExtendWith(OutputCaptureExtension.class)
class SecurityEventsTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SecurityEvents events = new SecurityEvents(meters);

  @Test
  void a_refused_caller_is_counted_and_logged_without_what_it_presented(CapturedOutput output) {
    events.refused(CommonProblem.INTERNAL_ONLY, request());

    assertThat(count(CommonProblem.INTERNAL_ONLY)).isEqualTo(1);
    assertThat(output.getOut())
        .contains("internal-only")
        .doesNotContain("a-guessed-bearer", "a-token-in-the-path")
        .as("the header is read by Tomcat, from whom it is trusted, and from nobody else")
        .doesNotContain("192.0.2.2");
  }

  @Test
  void other_refusals_are_none_of_its_business(CapturedOutput output) {
    events.refused(CommonProblem.NOT_FOUND, request());

    assertThat(output.getOut()).isEmpty();
    assertThat(count(CommonProblem.SESSION_MISSING)).isZero();
  }

  @Test
  void of_a_flood_all_are_counted_and_few_logged(CapturedOutput output) {
    for (int i = 0; i < 10_000; i++) {
      events.refused(CommonProblem.ROLE_MISSING, request());
    }

    assertThat(count(CommonProblem.ROLE_MISSING)).isEqualTo(10_000);
    assertThat(output.getOut().lines().count()).isLessThan(5_000);
  }

  private double count(CommonProblem problem) {
    return meters.get("cpd.security.refusals").tag("code", problem.code()).counter().count();
  }

  private static MockHttpServletRequest request() {
    MockHttpServletRequest request =
        new MockHttpServletRequest("GET", "/internal/a-token-in-the-path");
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/internal/{token}");
    request.addHeader("Authorization", "Bearer a-guessed-bearer");
    request.setRemoteAddr("192.0.2.1");
    request.addHeader("X-Forwarded-For", "192.0.2.2");
    return request;
  }
}
