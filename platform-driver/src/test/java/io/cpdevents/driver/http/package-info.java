@NullMarked
package io.cpdevents.driver.http;

import org.jspecify.annotations.NullMarked;
