@NullMarked
package io.cpdevents.platform.money;

import org.jspecify.annotations.NullMarked;
