package io.cpdevents.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Any person with a session may call it. What it is about is the person's own, or else the use case
 * requires one of the roles that are named here; they appear in the OpenAPI document, and a journey
 * tries every role.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AccountEndpoint {
  /** The roles that may call it about somebody else, beside the owner; none: no member may. */
  OrganizationRole[] organization() default {};

  /** The platform roles that may call it about everybody, beside platform-admin. */
  PlatformRole[] platform() default {};

  /** Whether it may still be called by a person whose account is about to be erased. */
  boolean whileClosing() default false;
}
