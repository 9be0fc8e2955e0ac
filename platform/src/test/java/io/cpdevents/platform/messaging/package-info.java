@NullMarked
package io.cpdevents.platform.messaging;

import org.jspecify.annotations.NullMarked;
