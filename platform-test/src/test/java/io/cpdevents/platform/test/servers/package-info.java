/** Tests of the servers and of child processes. */
@NullMarked
package io.cpdevents.platform.test.servers;

import org.jspecify.annotations.NullMarked;
