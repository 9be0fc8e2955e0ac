/** What an operator sees of a service: processes that are stuck, and its jobs. */
package io.cpdevents.platform.operations;
