package io.cpdevents.billing.broken;

/** Nothing refers to it. */
final class NobodyKnowsMe {}
