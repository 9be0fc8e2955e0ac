package io.cpdevents.platform.security;

/**
 * A password or token that a request brings. Nothing that is derived from one is stored beside what
 * its owner stores of it: an endpoint whose body has one among its fields leaves no row behind for
 * the request's {@code Idempotency-Key}.
 */
public interface Credential {}
