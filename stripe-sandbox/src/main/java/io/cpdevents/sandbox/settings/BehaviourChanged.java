package io.cpdevents.sandbox.settings;

/** A lever has set how the sandbox behaves. */
public record BehaviourChanged() {}
