package io.cpdevents.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the endpoint does is of consequence, so a stolen session alone is not enough for it: only
 * who has proved within the last minutes who they are ({@link RecentProof}) may call it. Everybody
 * else is refused by {@code step-up-required}, proves it at {@code POST
 * /api/v1/sessions/current/step-up}, and repeats the request. The OpenAPI document tells it ({@code
 * x-step-up}).
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface StepUp {
  /**
   * Whether the use case asks for it ({@link RecentProof#require}), because it depends on what is
   * asked for, such as an amount.
   */
  boolean byUseCase() default false;
}
