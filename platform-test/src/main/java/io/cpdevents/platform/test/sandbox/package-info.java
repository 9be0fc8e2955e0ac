/** The stripe-sandbox beside the service under test, and the connection between the two. */
package io.cpdevents.platform.test.sandbox;
