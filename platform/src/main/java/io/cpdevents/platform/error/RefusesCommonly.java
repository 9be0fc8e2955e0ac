package io.cpdevents.platform.error;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The common codes by which an endpoint may refuse, beside those that follow from its kind: {@link
 * Refusals}.
 */
@NamesRefusals
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RefusesCommonly {
  /** The codes. */
  CommonProblem[] value();
}
