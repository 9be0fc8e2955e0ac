/** The operators' view of a service: stuck processes, and jobs. */
package io.cpdevents.platform.operations;
