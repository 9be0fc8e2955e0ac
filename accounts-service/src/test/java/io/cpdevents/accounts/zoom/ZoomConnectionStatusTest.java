package io.cpdevents.accounts.zoom;

import static io.cpdevents.accounts.zoom.ZoomConnectionStatus.BROKEN;
import static io.cpdevents.accounts.zoom.ZoomConnectionStatus.CONNECTED;
import static io.cpdevents.accounts.zoom.ZoomConnectionStatus.DISCONNECTED;
import static io.cpdevents.accounts.zoom.ZoomConnectionStatus.DISCONNECTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cpdevents.accounts.zoom.ZoomConnectionStatus.Trigger;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ZoomConnectionStatusTest {

  private static ZoomConnection in(ZoomConnectionStatus status) {
    return new ZoomConnection(
        UUID.randomUUID(),
        UUID.randomUUID(),
        status,
        "host",
        "host@example.org",
        "",
        UUID.randomUUID(),
        Instant.EPOCH);
  }

  @Test
  void a_connection_breaks_once() {
    assertThat(in(CONNECTED).after(Trigger.GRANT_REFUSED)).contains(BROKEN);
    assertThat(in(BROKEN).after(Trigger.GRANT_REFUSED)).isEmpty();
    assertThat(in(DISCONNECTING).after(Trigger.GRANT_REFUSED)).isEmpty();
  }

  @Test
  void what_has_tokens_is_taken_back_at_zoom_and_what_has_none_ends_at_once() {
    assertThat(in(CONNECTED).after(Trigger.DISCONNECTION_REQUESTED)).contains(DISCONNECTING);
    assertThat(in(BROKEN).after(Trigger.DISCONNECTION_REQUESTED)).contains(DISCONNECTED);
    assertThat(in(DISCONNECTING).after(Trigger.DISCONNECTION_REQUESTED)).isEmpty();
    assertThat(in(DISCONNECTING).after(Trigger.GRANT_REVOKED)).contains(DISCONNECTED);
  }

  @Test
  void taking_back_the_former_grant_never_ends_that_of_the_same_person() {
    assertThat(in(CONNECTED).afterReplacementBy("host")).isEqualTo(DISCONNECTED);
    assertThat(in(CONNECTED).afterReplacementBy("another")).isEqualTo(DISCONNECTING);
    assertThat(in(BROKEN).afterReplacementBy("another")).isEqualTo(DISCONNECTED);
  }

  @Test
  void nobody_is_asked_for_an_app_that_is_not_there() {
    assertThatExceptionOfType(RuleViolation.class)
        .isThrownBy(() -> new ZoomSettings("", "", "", "", "").requireOffered())
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("zoom-not-offered"));
  }

  @Test
  void the_diagram_is_made_from_the_table() {
    HouseDocs.assertDiagram("zoom-connection", ZoomConnectionStatus.TRANSITIONS.toMermaid());
  }
}
