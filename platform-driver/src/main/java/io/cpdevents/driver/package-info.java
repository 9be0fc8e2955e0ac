/**
 * Drives a running platform through its gateway as people do. {@link World} is where everything
 * begins; a file is named after the product's word that it is about.
 */
package io.cpdevents.driver;
