/** Organizations that are closed: nothing of them goes on sale any more. */
package io.cpdevents.registration.organizations;
