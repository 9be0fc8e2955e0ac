/** Organizations as far as mails name them or go to them. */
@NullMarked
package io.cpdevents.notification.organizations;

import org.jspecify.annotations.NullMarked;
