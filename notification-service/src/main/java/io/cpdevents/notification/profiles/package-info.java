/** Who people are and where their mail goes. */
@NullMarked
package io.cpdevents.notification.profiles;

import org.jspecify.annotations.NullMarked;
