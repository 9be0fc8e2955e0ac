/** Tests of what needs no platform: options, ports, environments, processes. */
@NullMarked
package io.cpdevents.local;

import org.jspecify.annotations.NullMarked;
