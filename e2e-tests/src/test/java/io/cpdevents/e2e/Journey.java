package io.cpdevents.e2e;

import io.cpdevents.driver.World;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A test in the shared {@link World}, after which its {@link World#invariants} must hold, and every
 * answer must have been as the OpenAPI document says.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Journey.InTheSharedWorld.class)
public @interface Journey {

  /** Hands out the world and checks it. */
  final class InTheSharedWorld implements ParameterResolver, AfterEachCallback {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return SharedPlatform.world();
    }

    @Override
    public void afterEach(ExtensionContext test) {
      if (test.getExecutionException().isEmpty()) {
        SharedPlatform.world().invariants().hold();
        List<String> faults = SharedPlatform.document().newFaults();
        if (!faults.isEmpty()) {
          throw new AssertionError(
              "The OpenAPI document says otherwise:\n" + String.join("\n", faults));
        }
      }
    }
  }
}
