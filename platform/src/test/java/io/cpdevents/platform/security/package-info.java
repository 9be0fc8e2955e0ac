@NullMarked
package io.cpdevents.platform.security;

import org.jspecify.annotations.NullMarked;
