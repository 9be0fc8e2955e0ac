/** The commands of {@code ./cpd}, one class each. */
@NullMarked
package io.cpdevents.local.commands;

import org.jspecify.annotations.NullMarked;
