/** The platform under load: its people and events, and the CPU and memory that it uses. */
package io.cpdevents.benchmarks.stage;
