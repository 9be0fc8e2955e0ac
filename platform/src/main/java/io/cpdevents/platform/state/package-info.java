/** State machines as tables. */
package io.cpdevents.platform.state;
