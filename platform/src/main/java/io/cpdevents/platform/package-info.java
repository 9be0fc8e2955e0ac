/** What every service needs and none may write again. */
@NullMarked
package io.cpdevents.platform;

import org.jspecify.annotations.NullMarked;
