package io.cpdevents.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Anybody may call it, with or without a session. What is not public yet, it shows to those alone
 * whose roles are named here.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PublicEndpoint {
  /** The roles that see what is not public yet, beside the owner; none: it shows nothing such. */
  OrganizationRole[] organization() default {};
}
