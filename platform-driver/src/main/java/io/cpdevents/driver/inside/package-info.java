/** Looks past the API, for what the API does not tell: databases and Kafka. */
package io.cpdevents.driver.inside;
