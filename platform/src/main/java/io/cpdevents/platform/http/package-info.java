/** Calls from one service to another. */
@NullMarked
package io.cpdevents.platform.http;

import org.jspecify.annotations.NullMarked;
