/** Mails in the API. */
@NullMarked
package io.cpdevents.notification.mails.web;

import org.jspecify.annotations.NullMarked;
