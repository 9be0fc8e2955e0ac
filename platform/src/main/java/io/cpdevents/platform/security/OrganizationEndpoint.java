package io.cpdevents.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A person with a session may call it. The use case requires a role in the organization ({@link
 * Caller#requireRole}), because only it knows which organization owns the object.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OrganizationEndpoint {
  /**
   * The roles that may call it, beside the owner. They appear in the OpenAPI document, and a
   * journey tries every role to check that the use case agrees.
   */
  OrganizationRole[] value();

  /**
   * Whether a program may call it with an API key that has one of the roles. Who belongs to the
   * organization, and how it is paid, is for people alone.
   */
  boolean apiKeys() default true;

  /** The platform roles that may call it for every organization, beside platform-admin. */
  PlatformRole[] platform() default {};
}
