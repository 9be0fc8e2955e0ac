/** What people are told by mail, once for each cause. */
@NullMarked
package io.cpdevents.notification;

import org.jspecify.annotations.NullMarked;
