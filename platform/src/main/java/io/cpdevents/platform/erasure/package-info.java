/** Every service forgets people when accounts-service asks, and answers what it has kept. */
package io.cpdevents.platform.erasure;
