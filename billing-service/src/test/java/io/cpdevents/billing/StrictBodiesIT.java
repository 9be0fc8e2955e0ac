package io.cpdevents.billing;

import io.cpdevents.platform.test.StrictBodies;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class StrictBodiesIT extends BillingJourney {

  @Autowired ApplicationContext context;

  @TestFactory
  Stream<DynamicTest> every_body_is_strict_json() {
    return StrictBodies.tests(context);
  }
}
