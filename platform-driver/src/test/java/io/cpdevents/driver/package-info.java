@NullMarked
package io.cpdevents.driver;

import org.jspecify.annotations.NullMarked;
