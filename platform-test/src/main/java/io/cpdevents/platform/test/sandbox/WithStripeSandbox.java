package io.cpdevents.platform.test.sandbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Beside {@code @CpdIntegrationTest}: the service under test calls the stripe-sandbox as Stripe.
 *
 * <p>The context gets two beans: {@link StripeSandbox} (what people, banks and Stripe do) and
 * {@link StripeConnection} (what the service has asked, and failures that the sandbox cannot make).
 * The sandbox is empty when a test class begins, its clock shows the business time when a test
 * begins, and faults end with the test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface WithStripeSandbox {

  /** The path of the service to which the sandbox posts the events we subscribe to at Stripe. */
  String webhooks() default "";

  /** What the sandbox signs them with. */
  String webhookSecret() default "";
}
