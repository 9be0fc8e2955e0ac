package io.cpdevents.accounts.zoommeetings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttendanceTest {

  private static final Instant START = Instant.parse("2027-03-01T14:00:00Z");

  private static Presence there(int fromSecond, int toSecond) {
    return new Presence("ada", START.plusSeconds(fromSecond), START.plusSeconds(toSecond));
  }

  @Test
  void times_are_added_up_and_those_with_two_devices_count_once() {
    assertThat(
            Attendance.of(
                List.of(there(3_000, 3_600), there(0, 600), there(300, 900), there(310, 320))))
        .contains(new Attendance(25, START, START.plusSeconds(3_600)));
  }

  @Test
  void a_begun_minute_counts_and_who_was_not_there_has_none() {
    assertThat(Attendance.of(List.of(there(0, 1))))
        .hasValueSatisfying(short_ -> assertThat(short_.minutes()).isEqualTo(1));
    assertThat(Attendance.of(List.of(there(0, 61))))
        .hasValueSatisfying(longer -> assertThat(longer.minutes()).isEqualTo(2));
    assertThat(Attendance.of(List.of())).isEmpty();
    assertThat(Attendance.of(List.of(there(5, 5)))).isEmpty();
  }
}
