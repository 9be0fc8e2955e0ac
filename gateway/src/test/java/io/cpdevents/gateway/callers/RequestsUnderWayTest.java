package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RequestsUnderWayTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final AtomicInteger connections = new AtomicInteger();

  /** By the connections over which they came. */
  private final Map<String, Held> slow = new LinkedHashMap<>();

  private final RequestsUnderWay underWay = new RequestsUnderWay(meters, this::endFirst);

  private boolean endFirst(Predicate<String> connections) {
    Optional<String> first = slow.keySet().stream().filter(connections).findFirst();
    first.map(slow::remove).ifPresent(Held::close);
    return first.isPresent();
  }

  @Test
  void one_network_has_half_of_all_places_and_gets_them_back() {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < RequestsUnderWay.MAX_REQUESTS_OF_NETWORK; i++) {
      held.add(begin("2001:db8::" + Integer.toHexString(i + 1)));
    }

    Refusal refused = catchThrowableOfType(Refusal.class, () -> begin("2001:db8::ffff"));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refusals("network")).isEqualTo(1);
    begin("192.0.2.1").close();
    held.getFirst().close();
    begin("2001:db8::ffff").close();
  }

  @Test
  void when_all_places_are_taken_the_next_caller_is_refused_whoever_it_is() {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < RequestsUnderWay.MAX_REQUESTS; i++) {
      held.add(begin("network " + i));
    }

    Refusal refused = catchThrowableOfType(Refusal.class, () -> begin("192.0.2.99"));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(underWay.turnPeopleAway()).isTrue();
    held.forEach(Held::close);
    assertThat(underWay.turnPeopleAway())
        .as("a probe that asks a moment later learns of it, too")
        .isTrue();
    assertThat(refusals("all")).isEqualTo(1);
  }

  @Test
  void a_network_that_has_its_share_is_no_reason_to_send_others_elsewhere() {
    for (int i = 0; i < RequestsUnderWay.MAX_REQUESTS_OF_NETWORK; i++) {
      begin("192.0.2.1");
    }

    assertThatThrownBy(() -> begin("192.0.2.1")).isInstanceOf(Refusal.class);

    assertThat(underWay.turnPeopleAway()).isFalse();
  }

  @Test
  void who_is_slow_gives_way_to_the_next_of_its_network_and_when_all_is_taken_to_anybody() {
    for (int i = 0; i < RequestsUnderWay.MAX_REQUESTS_OF_NETWORK; i++) {
      slow.put("crowd " + i, underWay.begin("192.0.2.1", "crowd " + i));
    }
    underWay.begin("192.0.2.1", "behind the same address").close();
    assertThat(slow.keySet()).doesNotContain("crowd 0").contains("crowd 1");

    for (int i = slow.size(); i < RequestsUnderWay.MAX_REQUESTS; i++) {
      begin("network " + i);
    }
    underWay.begin("192.0.2.3", "elsewhere").close();
    assertThat(slow.keySet()).doesNotContain("crowd 1").contains("crowd 2");
    assertThat(underWay.turnPeopleAway()).isFalse();
  }

  @Test
  void networks_that_want_all_leave_places_however_many_they_are() {
    for (int network = 1; network <= 4; network++) {
      String address = "192.0.2." + network;
      int had = takeAll(address);
      assertThat(had).as(address).isPositive();
    }

    begin("203.0.113.1").close();
    assertThat(underWay.turnPeopleAway()).isFalse();
  }

  private int takeAll(String address) {
    int taken = 0;
    try {
      while (true) {
        begin(address);
        taken++;
      }
    } catch (Refusal share) {
      assertThat(share.status()).isEqualTo(429);
      return taken;
    }
  }

  private Held begin(String address) {
    return underWay.begin(address, "connection " + connections.incrementAndGet());
  }

  private double refusals(String bound) {
    return meters.get("cpd.gateway.requests.refused").tag("bound", bound).counter().count();
  }
}
