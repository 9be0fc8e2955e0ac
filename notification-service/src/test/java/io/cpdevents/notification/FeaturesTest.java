package io.cpdevents.notification;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class FeaturesTest {

  @Test
  void features_use_each_others_front_doors_and_never_in_circles() {
    ApplicationModules.of(NotificationApplication.class).verify();
  }
}
