@NullMarked
package io.cpdevents.platform.state;

import org.jspecify.annotations.NullMarked;
