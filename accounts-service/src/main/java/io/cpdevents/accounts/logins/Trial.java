package io.cpdevents.accounts.logins;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * How an attempt is judged, and what its success is for.
 *
 * @param check looks at the proof, outside of any transaction; a limit that it meets is a refusal
 * @param effect what the success changes, in the transaction that records it; empty when the proof
 *     was changed or used up in the meantime
 * @param <C> what the check hands to the effect
 * @param <T> what is answered
 */
public record Trial<C, T>(Supplier<Checked<C>> check, BiFunction<Proof, C, Optional<T>> effect) {}
