/** PostgreSQL and Kafka without an installation: for tests, and for {@code local}. */
package io.cpdevents.platform.test.servers;
