/** Looks past the API, for what it does not tell: databases and Kafka. */
@NullMarked
package io.cpdevents.driver.inside;

import org.jspecify.annotations.NullMarked;
