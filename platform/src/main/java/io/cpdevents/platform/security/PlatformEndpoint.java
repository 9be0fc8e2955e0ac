package io.cpdevents.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Only people with one of these platform roles may call it, and a platform-admin unless refused.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PlatformEndpoint {
  /** The roles that may call it. */
  PlatformRole[] value();

  /**
   * Whether a platform-admin without one of these roles may call it. Who gives the roles does not
   * decide about money.
   */
  boolean admin() default true;
}
