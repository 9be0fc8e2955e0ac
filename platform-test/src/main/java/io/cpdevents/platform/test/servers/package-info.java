/** PostgreSQL and Kafka without an installation: for tests, and for {@code local}. */
@NullMarked
package io.cpdevents.platform.test.servers;

import org.jspecify.annotations.NullMarked;
