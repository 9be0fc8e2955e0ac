package io.cpdevents.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.audit.AuditTrail.Change;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeTest {

  private record Terms(String title, int places, @Nullable String venue) {}

  @Test
  void says_what_differs_and_nothing_else() {
    assertThat(Change.between(new Terms("Talk", 5, null), new Terms("Talk", 6, "Hall")))
        .isEqualTo(new Change(Map.of("places", "5"), Map.of("places", "6", "venue", "Hall")));
  }

  @Test
  void what_is_new_was_nothing_and_what_is_removed_is_nothing() {
    Map<String, String> all = Map.of("title", "Talk", "places", "5");

    assertThat(Change.between(null, new Terms("Talk", 5, null)))
        .isEqualTo(new Change(Map.of(), all));
    assertThat(Change.between(new Terms("Talk", 5, null), null))
        .isEqualTo(new Change(all, Map.of()));
  }

  @Test
  void a_long_text_is_cut() {
    assertThat(Change.between(null, new Terms("x".repeat(20_000), 1, null)).after().get("title"))
        .hasSize(500);
  }

  @Test
  void what_differs_behind_the_cut_is_a_change_too() {
    Change change =
        Change.between(
            new Terms("x".repeat(600) + "before", 1, null),
            new Terms("x".repeat(600) + "after", 1, null));

    assertThat(change.before()).containsOnlyKeys("title");
    assertThat(change.after()).containsOnlyKeys("title");
    assertThat(change.before()).isNotEqualTo(change.after());
  }
}
