package io.cpdevents.platform.test.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link WithStripeSandbox}; named in {@code META-INF/spring.factories}. */
public final class StripeSandboxCustomizerFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
    WithStripeSandbox sandbox =
        TestContextAnnotationUtils.findMergedAnnotation(testClass, WithStripeSandbox.class);
    return sandbox == null
        ? null
        : new StripeSandboxCustomizer(sandbox.webhooks(), sandbox.webhookSecret());
  }
}
