package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypeTest {

  static List<Event> examples() {
    return Examples.ALL;
  }

  @Test
  void a_type_is_named_by_its_service_and_record() {
    assertThat(EventType.nameOf(PaymentCaptured.class)).isEqualTo("billing.PaymentCaptured.v1");
  }

  @Test
  void a_family_knows_its_records_by_name() {
    assertThat(EventType.of(PaymentEvent.class))
        .containsEntry("billing.PaymentCaptured.v1", PaymentCaptured.class);
  }

  @Test
  void a_family_knows_the_records_of_the_families_inside_it() {
    assertThat(EventType.of(PaymentEvent.class))
        .containsEntry("billing.RefundSucceeded.v1", RefundSucceeded.class)
        .doesNotContainKey("billing.RefundEvent.v1");
  }

  @Test
  void an_interface_that_is_not_sealed_is_no_family() {
    assertThatThrownBy(() -> EventType.of(Event.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_two_types_share_a_name() {
    assertThat(Examples.types().stream().map(EventType::nameOf)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_event_is_a_record_with_a_key_on_a_topic_of_the_table(Event event) {
    assertThat(event.getClass().isRecord()).isTrue();
    assertThat(event.key()).isNotBlank();
    assertThat(event.topic()).isIn((Object[]) Topic.values());
  }
}
