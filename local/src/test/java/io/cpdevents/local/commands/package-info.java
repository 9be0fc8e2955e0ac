/** Tests of the commands. */
@NullMarked
package io.cpdevents.local.commands;

import org.jspecify.annotations.NullMarked;
