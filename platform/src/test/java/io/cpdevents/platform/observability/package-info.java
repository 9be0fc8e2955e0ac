@NullMarked
package io.cpdevents.platform.observability;

import org.jspecify.annotations.NullMarked;
