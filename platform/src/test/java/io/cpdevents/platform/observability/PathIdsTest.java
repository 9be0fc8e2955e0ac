package io.cpdevents.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;

class PathIdsTest {

  @Test
  void the_ids_of_a_path_are_named_by_their_collections() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute(
        HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
        "/api/v1/events/{id}/ticket-types/{typeId}");
    request.setAttribute(
        HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", "e1", "typeId", "t1"));
    assertThat(PathIds.ids(request))
        .containsOnly(Map.entry("eventId", "e1"), Map.entry("ticketTypeId", "t1"));
  }

  @Test
  void a_path_without_ids_has_none() {
    assertThat(PathIds.ids(new MockHttpServletRequest())).isEmpty();
  }
}
