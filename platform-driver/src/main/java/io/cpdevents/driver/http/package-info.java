/** JSON over HTTP, as one caller. */
@NullMarked
package io.cpdevents.driver.http;

import org.jspecify.annotations.NullMarked;
