package io.cpdevents.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A person whose role asks for a second factor may call it before one is proved: what is needed to
 * set one up or to prove it, and to look at and end one's own sessions. Everything else refuses
 * such a session by {@code factor-required}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithoutFactor {}
