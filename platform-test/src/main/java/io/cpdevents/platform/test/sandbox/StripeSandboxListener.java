package io.cpdevents.platform.test.sandbox;

import io.cpdevents.platform.test.MutableClock;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Empties the sandbox for each class, and gives each test a sandbox that works and is in time. */
public final class StripeSandboxListener implements TestExecutionListener {

  @Override
  public void beforeTestClass(TestContext test) {
    if (hasSandbox(test)) {
      test.getApplicationContext().getBean(StripeSandbox.class).reset();
    }
  }

  @Override
  public void beforeTestMethod(TestContext test) {
    if (hasSandbox(test)) {
      ApplicationContext context = test.getApplicationContext();
      context.getBean(StripeSandbox.class).setClock(context.getBean(MutableClock.class).instant());
    }
  }

  @Override
  public void afterTestMethod(TestContext test) {
    if (hasSandbox(test)) {
      ApplicationContext context = test.getApplicationContext();
      context.getBean(StripeConnection.class).heal();
      context.getBean(StripeSandbox.class).heal();
    }
  }

  private static boolean hasSandbox(TestContext test) {
    return TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), WithStripeSandbox.class);
  }
}
