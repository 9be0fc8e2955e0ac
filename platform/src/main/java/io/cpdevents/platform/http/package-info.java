/** Calls from one service to another. */
package io.cpdevents.platform.http;
