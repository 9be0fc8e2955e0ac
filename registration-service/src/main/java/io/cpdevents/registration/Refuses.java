package io.cpdevents.registration;

import io.cpdevents.platform.error.NamesRefusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** This service's codes by which an endpoint may refuse; the OpenAPI document lists them. */
@NamesRefusals
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {
  /** The codes. */
  RegistrationProblem[] value();
}
