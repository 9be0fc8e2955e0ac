package io.cpdevents.benchmarks.figures;

import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param scenario what was run
 * @param name what was measured
 * @param value NaN when it could not be
 * @param unit of the value
 * @param target what is wanted; null when nothing is said
 * @param note what one has to know to read it; may be empty
 */
public record Figure(
    String scenario,
    String name,
    double value,
    String unit,
    @Nullable Target target,
    String note) {}
