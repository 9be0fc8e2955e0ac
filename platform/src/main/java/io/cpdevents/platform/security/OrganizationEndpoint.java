package io.cpdevents.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A person with a session may call it; the use case asks for a role in the organization ({@link
 * Caller#requireRole}), because only it knows whose the object is.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OrganizationEndpoint {
  /**
   * The roles that do, beside the owner's. They are told in the OpenAPI document, and a journey
   * tries every role to see that the use case agrees.
   */
  OrganizationRole[] value();
}
