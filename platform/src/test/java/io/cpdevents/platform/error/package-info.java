@NullMarked
package io.cpdevents.platform.error;

import org.jspecify.annotations.NullMarked;
