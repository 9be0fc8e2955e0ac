/** What people are told of their erasure, and what is forgotten here after the last mail. */
package io.cpdevents.notification.erasure;
