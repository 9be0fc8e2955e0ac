/**
 * A copy of what accounts-service tells about organizations: the name that mails show, and the
 * owner to whom they go.
 */
package io.cpdevents.notification.organizations;
