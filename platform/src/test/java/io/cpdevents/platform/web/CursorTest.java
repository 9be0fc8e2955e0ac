package io.cpdevents.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void a_cursor_survives_its_way_to_the_client() {
    Cursor cursor = new Cursor(Instant.parse("2026-11-22T10:00:00.123456Z"), Ids.next());
    assertThat(Cursor.decode(cursor.encode())).contains(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "!!!", "AAAA", "f________________________________________w"})
  void anything_else_is_refused(String text) {
    assertThat(Cursor.decode(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {31_556_889_864_403_199L, 253_402_300_800L, -1})
  void a_time_that_no_row_can_have_is_refused(long second) {
    String text = new Cursor(Instant.ofEpochSecond(second), Ids.next()).encode();
    assertThat(Cursor.decode(text)).isEmpty();
  }

  @Test
  void the_same_place_is_written_in_one_way_only() {
    String text = new Cursor(Instant.ofEpochSecond(1), new UUID(0, 0)).encode();
    assertThat(text).endsWith("A");
    assertThat(Cursor.decode(text)).isPresent();
    assertThat(Cursor.decode(text.substring(0, text.length() - 1) + "B")).isEmpty();
    assertThat(Cursor.decode(text + "=")).isEmpty();
  }

  @Test
  void a_page_has_a_next_one_only_when_a_row_is_left() {
    PageRequest request = new PageRequest(2, Optional.empty());
    assertThat(Page.of(List.of(1, 2), request, CursorTest::cursor).next()).isNull();
    Page<Integer> first = Page.of(List.of(1, 2, 3), request, CursorTest::cursor);
    assertThat(first.data()).containsExactly(1, 2);
    assertThat(first.next()).isEqualTo(cursor(2).encode());
  }

  private static Cursor cursor(int number) {
    return new Cursor(Instant.ofEpochSecond(number), new UUID(0, number));
  }
}
