/** What organizations use within a period, and what their plans allow. */
package io.cpdevents.registration.usage;
