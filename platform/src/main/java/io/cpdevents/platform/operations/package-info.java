/** What an operator sees of a service: processes that are stuck, and its jobs. */
@NullMarked
package io.cpdevents.platform.operations;

import org.jspecify.annotations.NullMarked;
