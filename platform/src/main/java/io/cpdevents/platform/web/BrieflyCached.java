package io.cpdevents.platform.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What everybody reads alike who is not logged in: browsers and what stands between may keep it for
 * a few seconds, and ask then whether it has changed. Whoever is logged in gets it fresh.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BrieflyCached {

  /** How long an answer may be kept. */
  int MAX_AGE_SECONDS = 5;
}
