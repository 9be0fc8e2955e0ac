/** Which path belongs to which service, and how requests and answers are forwarded. */
package io.cpdevents.gateway.routes;
