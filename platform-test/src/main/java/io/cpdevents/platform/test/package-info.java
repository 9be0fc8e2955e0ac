/** What integration tests of every service use: real servers, a clock, tokens, recorded events. */
@NullMarked
package io.cpdevents.platform.test;

import org.jspecify.annotations.NullMarked;
