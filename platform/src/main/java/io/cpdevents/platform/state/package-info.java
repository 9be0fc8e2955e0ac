/** State machines as transition tables. */
package io.cpdevents.platform.state;
