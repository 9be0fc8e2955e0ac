/** Constraints on text that people type. */
@NullMarked
package io.cpdevents.registration.text;

import org.jspecify.annotations.NullMarked;
