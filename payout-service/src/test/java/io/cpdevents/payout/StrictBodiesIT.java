package io.cpdevents.payout;

import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.StrictBodies;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@CpdIntegrationTest
@WithStripeSandbox
class StrictBodiesIT {

  @Autowired ApplicationContext context;

  @TestFactory
  Stream<DynamicTest> every_body_is_strict_json() {
    return StrictBodies.tests(context);
  }
}
