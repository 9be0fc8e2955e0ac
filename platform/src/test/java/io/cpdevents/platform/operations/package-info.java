@NullMarked
package io.cpdevents.platform.operations;

import org.jspecify.annotations.NullMarked;
