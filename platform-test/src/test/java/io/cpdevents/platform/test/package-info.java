/** Tests of the test support itself. */
@NullMarked
package io.cpdevents.platform.test;

import org.jspecify.annotations.NullMarked;
